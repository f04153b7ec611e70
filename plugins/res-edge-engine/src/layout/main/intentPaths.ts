import { EdgeKind } from '@res-edge/backstage-plugin-res-edge-common';
import { FileChange, FileMap } from '../../model';
import { byCodeUnit, bytesOf } from '../format/digest';
import { segment } from '../format/paths';

/**
 * The files (`policies/x.yaml`) and folders (`apps/x/`) of main that an entity owns; none for clusters, which are
 * facts of the inventory.
 *
 * @public
 */
export function intentPaths(kind: EdgeKind, name: string): readonly string[] {
  switch (kind) {
    case 'EdgeApplication':
      return [`apps/${segment(name)}/`];
    case 'EdgeNamespace':
      return [`namespaces/${segment(name)}/`];
    case 'EdgeGroup':
      return [`groups/${segment(name)}/`];
    case 'EdgePolicy':
      return [`policies/${segment(name)}.yaml`];
    default:
      return [];
  }
}

/**
 * The changes that bring an entity's slice onto main. What main has and the slice has not stays: versions,
 * components and overlays are never changed, and other rings may still be at them.
 *
 * @public
 */
export function sliceChanges(main: FileMap, slice: FileMap): FileChange[] {
  const changes: FileChange[] = [];
  for (const [path, content] of slice) {
    const before = main.get(path);
    const same =
      before !== undefined &&
      (before === content ||
        Buffer.compare(bytesOf(before), bytesOf(content)) === 0);
    if (!same) changes.push({ path, content });
  }
  return changes.sort((a, b) => byCodeUnit(a.path, b.path));
}

/** The changes that take all files of an entity away; `paths` are those of main. @public */
export function sliceRemoval(
  paths: Iterable<string>,
  kind: EdgeKind,
  name: string,
): FileChange[] {
  const owned = intentPaths(kind, name);
  return [...paths]
    .filter(path =>
      owned.some(own =>
        own.endsWith('/') ? path.startsWith(own) : path === own,
      ),
    )
    .sort(byCodeUnit)
    .map(path => ({ path }));
}
