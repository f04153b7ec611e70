import {
  EdgeGroupEntity,
  EdgeNamespaceEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { FileMap } from '../../model';
import { renderGroupWithContentOf } from './groupContent';
import { intentPaths } from './intentPaths';
import { namespaceRelease } from './namespaceRelease';
import {
  namespaceDigest,
  renderNamespaceSlice,
  withContentOf,
} from './namespaceSlice';
import { readDecisions } from './readDecisions';

/**
 * The files of a namespace that is registered with content that was taken back: with the one that main has. Undefined where
 * its content is another one, or main has none.
 *
 * @param refused - what was taken back, as `namespaceRelease` gives it
 * @internal
 */
export function keptNamespace(
  entity: EdgeNamespaceEntity,
  main: FileMap,
  refused: string | undefined,
): FileMap | undefined {
  const { metadata, spec } = entity;
  // Without rings it is for all at once, whatever became of it in them.
  if (refused === undefined || spec.rollout === undefined) return undefined;
  const digest = namespaceDigest(entity);
  if (namespaceRelease({ entity, digest }) !== refused) return undefined;
  const own = ownFiles(main, entity);
  const known = readDecisions(own).decisions.namespaces.get(metadata.name);
  return known && renderNamespaceSlice(withContentOf(entity, known.entity));
}

/**
 * The same of a group.
 *
 * @param files - those of the group as it is registered
 * @param refused - digest of what was taken back
 * @internal
 */
export function keptGroup(
  entity: EdgeGroupEntity,
  files: FileMap,
  main: FileMap,
  refused: string | undefined,
): FileMap | undefined {
  const { metadata, spec } = entity;
  if (refused === undefined || spec.rollout === undefined) return undefined;
  const groupOf = (of: FileMap) =>
    readDecisions(of).decisions.groups.get(metadata.name);
  if (groupOf(files)?.digest !== refused) return undefined;
  const own = ownFiles(main, entity);
  return groupOf(own) && renderGroupWithContentOf(entity, own);
}

function ownFiles(
  main: FileMap,
  { kind, metadata }: EdgeGroupEntity | EdgeNamespaceEntity,
): FileMap {
  const [folder] = intentPaths(kind, metadata.name);
  return new Map([...main].filter(([path]) => path.startsWith(folder)));
}
