import { ClusterPlace, Manifest, placeOf } from '../capture/substitute';

/** The ConfigMap that carries a cluster's values through a build, and never onto the cluster. @internal */
export const CLUSTER_VALUES = 'cluster-values';

/**
 * kustomize's way to put a cluster's value in its place; the order of the places is kept.
 *
 * @internal
 */
export function replacementOf(
  objects: readonly Manifest[],
  place: ClusterPlace,
) {
  const object = objects[place.object];
  const [group, version] = String(object.apiVersion).includes('/')
    ? String(object.apiVersion).split('/')
    : [undefined, String(object.apiVersion)];
  return {
    source: {
      kind: 'ConfigMap',
      name: CLUSTER_VALUES,
      fieldPath: `data.${escapeDots(place.key)}`,
    },
    targets: [
      {
        select: {
          group,
          version,
          kind: object.kind,
          name: (object.metadata as Manifest).name,
        },
        fieldPaths: [fieldPath(object, place.path)],
        options: place.segment && { ...place.segment },
      },
    ],
  };
}

/**
 * Objects that kustomize could take for one another: since 5.8 it reads the name that is selected as a regular
 * expression, in which a dot is any character.
 *
 * @internal
 */
export function ambiguousObjects(
  objects: readonly Manifest[],
  places: readonly ClusterPlace[],
): string[] {
  const selected = new Set(places.map(place => place.object));
  return [...selected].flatMap(number => {
    const object = objects[number];
    const name = nameOf(object);
    if (!name.includes('.')) return [];
    const pattern = new RegExp(`^${name}$`);
    return objects
      .filter(
        other =>
          other !== object &&
          other.kind === object.kind &&
          pattern.test(nameOf(other)),
      )
      .map(
        other =>
          `${placeOf(object, [
            'metadata',
            'name',
          ])}: kustomize cannot tell it from '${nameOf(
            other,
          )}'; with values of the cluster, the names must differ by more than a dot`,
      );
  });
}

/** A path as kustomize reads it. List items go by name where they have one: what a patch adds must not shift them. */
function fieldPath(
  object: Manifest,
  path: readonly (string | number)[],
): string {
  let value: unknown = object;
  return path
    .map(part => {
      const parent = value as Record<string | number, unknown>;
      value = parent[part];
      return typeof part === 'number'
        ? itemPath(parent as unknown as unknown[], part)
        : escapeDots(part);
    })
    .join('.');
}

function itemPath(items: readonly unknown[], index: number): string {
  const names = items.map(item => (item as Manifest | undefined)?.name);
  const name = names[index];
  const usable =
    typeof name === 'string' &&
    /^[A-Za-z_](?:[A-Za-z0-9_-]*)$/.test(name) &&
    !name.startsWith('resedgedummy') &&
    names.filter(other => other === name).length === 1;
  // kustomize reads the name as a regular expression that may match a part: STORE would be STORE_NUMBER too.
  return usable ? `[name=^${name}$]` : String(index);
}

function escapeDots(key: string): string {
  return key.replaceAll('.', '\\.');
}

function nameOf(object: Manifest): string {
  return String((object.metadata as Manifest | undefined)?.name);
}
