import { Bitmap } from '../bitmap';

/** Decisions are read from files, so that equal ones may be other objects. @internal */
export function sameContent(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** @internal */
export function sameAmounts(
  one: ReadonlyMap<string, bigint> | undefined,
  other: ReadonlyMap<string, bigint> | undefined,
): boolean {
  if (!one || !other) return one === other;
  return (
    one.size === other.size &&
    [...one].every(([resource, amount]) => other.get(resource) === amount)
  );
}

/** @internal */
export function sameSet(
  one: Bitmap | undefined,
  other: Bitmap | undefined,
): boolean {
  return one && other ? one.equals(other) : one === other;
}
