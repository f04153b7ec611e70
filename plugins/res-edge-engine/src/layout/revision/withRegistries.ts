import { RegistryRule } from '@res-edge/backstage-plugin-res-edge-common';
import { Manifest } from '../capture/substitute';

const CONTAINERS = new Set([
  'containers',
  'initContainers',
  'ephemeralContainers',
]);
const HUB = 'docker.io';
const PLACEHOLDER = /\$\{\{\s*cluster\./;
/** What stands for a value of the cluster until kustomize puts it there. */
const DUMMY = 'resedgedummy';

/**
 * Objects whose containers take their images from the registries of an environment. What was captured stays as it is.
 *
 * Images with a value of the cluster in them are rewritten before placeholders are filled in, for the places of those are
 * counted in the text; all others afterwards.
 *
 * @param when - whether placeholders are filled in
 * @internal
 */
export function withRegistries(
  objects: readonly Manifest[],
  rules: readonly RegistryRule[],
  when: 'before' | 'after',
): readonly Manifest[] {
  if (rules.length === 0) return objects;
  const concerns = (image: string) =>
    when === 'before' ? PLACEHOLDER.test(image) : !image.includes(DUMMY);
  const map = (image: unknown) =>
    typeof image === 'string' && concerns(image)
      ? imageFrom(image, rules)
      : image;
  return objects.map(object => rewritten(object, map) as Manifest);
}

/**
 * From where an image is pulled by these rules; the longest `from` wins.
 *
 * @param image - with its tag or digest
 * @internal
 */
export function imageFrom(
  image: string,
  rules: readonly RegistryRule[],
): string {
  const name = fullName(image);
  const rule = rules
    .filter(({ from }) => startsWith(name, from))
    .reduce<RegistryRule | undefined>(
      (best, each) =>
        best && best.from.length >= each.from.length ? best : each,
      undefined,
    );
  return rule ? rule.to + name.slice(rule.from.length) : image;
}

/** Kubernetes takes a name without a registry from Docker Hub. */
function fullName(image: string): string {
  const slash = image.indexOf('/');
  if (slash < 0) return `${HUB}/library/${image}`;
  const first = image.slice(0, slash);
  const host = /[.:$]/.test(first) || first === 'localhost';
  return host ? image : `${HUB}/${image}`;
}

/** By whole parts of the name. */
function startsWith(name: string, from: string): boolean {
  if (!name.startsWith(from)) return false;
  const next = name.charAt(from.length);
  // After a host comes its port.
  return from.includes('/') ? /^[/:@]?$/.test(next) : next === '/';
}

function rewritten(value: unknown, map: (image: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(each => rewritten(each, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      CONTAINERS.has(key) && Array.isArray(part)
        ? part.map(container => withImage(container, map))
        : rewritten(part, map),
    ]),
  );
}

function withImage(container: unknown, map: (image: unknown) => unknown) {
  return typeof container === 'object' &&
    container !== null &&
    'image' in container
    ? { ...container, image: map(container.image) }
    : container;
}
