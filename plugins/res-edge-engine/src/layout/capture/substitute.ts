import { InputError } from '@backstage/errors';
import { canonicalJson } from '../format/digest';
import {
  hasPlaceholder,
  parsePlaceholders,
  Placeholder,
  typedValue,
} from './placeholder';

/** Plain data as manifests hold it. @internal */
export type Manifest = Record<string, unknown>;

/** A place of a manifest that takes a value of the cluster. @internal */
export interface ClusterPlace {
  /** Number of the object. */
  readonly object: number;
  readonly path: readonly (string | number)[];
  readonly key: string;
  readonly type: Placeholder['type'];
  /** The segment of the scalar, counted from the left; the whole scalar where left out. */
  readonly segment?: { readonly delimiter: string; readonly index: number };
}

/** Manifests with the values of application and namespace filled in. @internal */
export interface Substitution {
  readonly objects: readonly Manifest[];
  /** In the order in which they must be replaced: of one scalar, from right to left. */
  readonly places: readonly ClusterPlace[];
  /** What stands in these places, with the keys; what is built must hold none of it. False stands for booleans, and is not here. */
  readonly dummies: ReadonlyMap<string, string>;
  /** One for each place that cannot be filled, with the place. */
  readonly problems: readonly string[];
}

/** The value of a placeholder of application or namespace; none where nothing sets it. @internal */
export type ValueLookup = (placeholder: Placeholder) => string | undefined;

/** Numbers that stand for a cluster's number until kustomize puts it there. */
const FIRST_NUMBER = 1_900_000_001;
const FIXED_FIELDS = new Set(['["apiVersion"]', '["kind"]']);
const FIELDS_NOT_OF_CLUSTERS = new Set([
  ...FIXED_FIELDS,
  '["metadata","name"]',
  '["metadata","namespace"]',
]);

class Substituter {
  private readonly places: ClusterPlace[] = [];
  private readonly dummies = new Map<string, string>();
  private readonly problems: string[] = [];
  private dummy: string | undefined;
  private number = 0;
  private object = 0;

  constructor(
    private readonly objects: readonly Manifest[],
    private readonly lookup: ValueLookup,
  ) {}

  run(): Substitution {
    const objects = this.objects.map((object, number) => {
      this.object = number;
      return this.visit(object, []) as Manifest;
    });
    const { places, dummies, problems } = this;
    return { objects, places, dummies, problems };
  }

  private visit(value: unknown, path: readonly (string | number)[]): unknown {
    if (typeof value === 'string') {
      return hasPlaceholder(value) ? this.guarded(value, path) : value;
    }
    if (Array.isArray(value)) {
      return value.map((item, index) => this.visit(item, [...path, index]));
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => {
        if (hasPlaceholder(key)) {
          this.report(
            path,
            `the key ${JSON.stringify(
              key,
            )} holds a placeholder; only the values of fields can`,
          );
        }
        return [key, this.visit(child, [...path, key])];
      }),
    );
  }

  private guarded(scalar: string, path: readonly (string | number)[]): unknown {
    try {
      return this.fill(scalar, path);
    } catch (error) {
      this.report(path, (error as Error).message);
      return scalar;
    }
  }

  private fill(scalar: string, path: readonly (string | number)[]): unknown {
    const field = JSON.stringify(path);
    if (FIXED_FIELDS.has(field)) {
      throw new InputError('no placeholder can stand here');
    }
    const parts = parsePlaceholders(scalar);
    const texts: string[] = [];
    const dummies: { position: number; placeholder: Placeholder }[] = [];
    for (const part of parts) {
      if (typeof part === 'string') {
        texts.push(part);
      } else if (part.scope !== 'cluster') {
        const value = this.resolve(part);
        if (parts.length === 1) return value;
        texts.push(String(value));
      } else {
        if (FIELDS_NOT_OF_CLUSTERS.has(field)) {
          throw new InputError(
            `\${{ cluster.${part.key} }} cannot stand here: the object must be the same on every cluster`,
          );
        }
        checkAddressable(path);
        dummies.push({ position: texts.length, placeholder: part });
        texts.push(this.nextDummy(part));
      }
    }
    if (dummies.length === 1 && texts.length === 1) {
      const [{ placeholder }] = dummies;
      this.place(path, placeholder);
      return this.typedDummy(texts[0], placeholder);
    }
    // From right to left: a value that holds the delimiter shifts what stands to its right, and nothing else.
    const segments = dummies.map(({ position, placeholder }) => ({
      placeholder,
      segment: segmentAt(texts, position, placeholder),
    }));
    for (const { placeholder, segment } of segments.reverse()) {
      this.place(path, placeholder, segment);
    }
    return texts.join('');
  }

  private resolve(placeholder: Placeholder) {
    const { scope, key, type } = placeholder;
    const value = this.lookup(placeholder);
    if (value === undefined) {
      throw new InputError(`nothing sets \${{ ${scope}.${key} }}`);
    }
    try {
      return typedValue(value, type);
    } catch (error) {
      throw new InputError(
        `\${{ ${scope}.${key} | ${type} }}: ${(error as Error).message}`,
      );
    }
  }

  private nextDummy({ key }: Placeholder): string {
    this.dummy ??= unusedWord(canonicalJson(this.objects));
    this.number += 1;
    const dummy = `${this.dummy}${this.number}z`;
    this.dummies.set(dummy, key);
    return dummy;
  }

  private typedDummy(dummy: string, { key, type }: Placeholder) {
    if (type === 'string') return dummy;
    this.dummies.delete(dummy);
    if (type === 'boolean') return false;
    const number = FIRST_NUMBER + this.number;
    this.dummies.set(String(number), key);
    return number;
  }

  private place(
    path: readonly (string | number)[],
    { key, type }: Placeholder,
    segment?: ClusterPlace['segment'],
  ) {
    this.places.push({ object: this.object, path, key, type, segment });
  }

  private report(path: readonly (string | number)[], message: string) {
    const place = placeOf(this.objects[this.object], path);
    this.problems.push(`${place}: ${message}`);
  }
}

/**
 * Fills the placeholders of application and namespace into built manifests, as scalars and never as structure, and
 * puts unique dummies where values of the cluster go.
 *
 * @internal
 */
export function substitute(
  objects: readonly Manifest[],
  lookup: ValueLookup,
): Substitution {
  return new Substituter(objects, lookup).run();
}

/** A place in a manifest, for people: `Deployment 'imdb', spec.replicas`. @internal */
export function placeOf(
  object: Manifest,
  path: readonly (string | number)[],
): string {
  const name = (object.metadata as Manifest | undefined)?.name;
  const field = path
    .map(part => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');
  return `${String(object.kind)} '${String(name)}', ${field}`;
}

/** The segment between delimiters that a dummy takes up; none where the other texts are empty. */
function segmentAt(
  texts: readonly string[],
  position: number,
  { key }: Placeholder,
): ClusterPlace['segment'] {
  const before = texts.slice(0, position).join('');
  const after = texts.slice(position + 1).join('');
  if (before === '' && after === '') return undefined;
  const left = before.slice(-1);
  const right = after.slice(0, 1);
  const delimiter = left || right;
  const alike = left === '' || right === '' || left === right;
  if (
    !alike ||
    !/^[\x20-\x7e]$/.test(delimiter) ||
    /[A-Za-z0-9]/.test(delimiter)
  ) {
    throw new InputError(
      `\${{ cluster.${key} }} must be the whole field, or stand between two delimiters that are the same character (or at an end), such as in store-\${{ cluster.${key} }}-pos; here it stands between ${JSON.stringify(
        left,
      )} and ${JSON.stringify(right)}`,
    );
  }
  return { delimiter, index: before.split(delimiter).length - 1 };
}

/** kustomize takes paths apart at dots and brackets, and numbers in them for places in lists. */
function checkAddressable(path: readonly (string | number)[]) {
  const key = path.find(
    part =>
      typeof part === 'string' &&
      (!/^[A-Za-z0-9_./-]+$/.test(part) || /^[+-]?\d*$/.test(part)),
  );
  if (key !== undefined) {
    throw new InputError(
      `a placeholder of the cluster cannot stand below the key ${JSON.stringify(
        key,
      )}: kustomize cannot address it`,
    );
  }
}

function unusedWord(text: string): string {
  let word = 'resedgedummy';
  while (text.includes(word)) word += 'y';
  return word;
}
