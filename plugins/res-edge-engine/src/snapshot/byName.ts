import {
  EdgeClusterEntity,
  EdgeGroupEntity,
  EdgeKind,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { compareNames, edgeReference } from './reference';

/** Entities in order of their names; of two with one name the first counts. @internal */
export function byName<T extends EdgeClusterEntity | EdgeGroupEntity>(
  kind: EdgeKind,
  entities: readonly T[],
  problems: Problem[],
): Map<string, T> {
  const sorted = [...entities].sort((a, b) =>
    compareNames(a.metadata.name, b.metadata.name),
  );
  const result = new Map<string, T>();
  for (const entity of sorted) {
    const { name } = entity.metadata;
    if (result.has(name)) {
      problems.push({
        entity: edgeReference(kind, name),
        field: 'metadata.name',
        message: `There is more than one ${kind} named '${name}'; only the first one counts`,
      });
    } else result.set(name, entity);
  }
  return result;
}

/** The groups after some changes; the very ones of before where nothing changes. @internal */
export function groupsAfter(
  before: ReadonlyMap<string, EdgeGroupEntity>,
  {
    upserted = [],
    removed = [],
  }: {
    readonly upserted?: readonly EdgeGroupEntity[];
    readonly removed?: readonly string[];
  },
): ReadonlyMap<string, EdgeGroupEntity> {
  if (upserted.length + removed.length === 0) return before;
  const after = new Map(before);
  for (const name of removed) after.delete(name);
  for (const group of upserted) after.set(group.metadata.name, group);
  const isSameOrder =
    after.size === before.size &&
    upserted.every(({ metadata }) => before.has(metadata.name)) &&
    !removed.some(name => before.has(name));
  if (isSameOrder) {
    return upserted.every(group => before.get(group.metadata.name) === group)
      ? before
      : after;
  }
  return byName('EdgeGroup', [...after.values()], []);
}

/** Whether groups differ at most in what does not decide who is in them. @internal */
export function sameMembers(
  before: ReadonlyMap<string, EdgeGroupEntity>,
  after: ReadonlyMap<string, EdgeGroupEntity>,
): boolean {
  if (before.size !== after.size) return false;
  for (const [name, group] of after) {
    const old = before.get(name);
    if (old === group) continue;
    if (
      !old ||
      old.spec.parent !== group.spec.parent ||
      JSON.stringify(old.spec.selector) !== JSON.stringify(group.spec.selector)
    )
      return false;
  }
  return true;
}
