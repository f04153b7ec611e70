import { EdgeGroupEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { FileMap } from '../../model';
import { segment } from '../format/paths';
import { DecisionReader } from './DecisionReader';
import { groupYaml } from './groupSlice';

/**
 * What the files of main say of a group, with values and components as it was registered with them.
 *
 * @throws InputError where they say nothing of it, or it cannot be read
 * @public
 */
export function readGroup(main: FileMap, name: string): EdgeGroupEntity {
  const path = `groups/${segment(name)}/group.yaml`;
  const reader = new DecisionReader(main);
  return reader.entity<EdgeGroupEntity>('EdgeGroup', name, { path });
}

/**
 * The files of main of a group with the values and components of what it was at another time.
 *
 * @param other - the files of main at that time
 * @throws InputError where they say nothing of it, or it cannot be read
 * @public
 */
export function renderGroupWithContentOf(
  entity: EdgeGroupEntity,
  other: FileMap,
): FileMap {
  const { name } = entity.metadata;
  const folder = `groups/${segment(name)}`;
  const { digest } = new DecisionReader(other).group(name);
  const { values, components } = readGroup(other, name).spec;
  const spec = { ...entity.spec, values, components };
  const slice = new Map<string, string | Uint8Array>();
  slice.set(`${folder}/group.yaml`, groupYaml({ ...entity, spec }));
  for (const [path, content] of other) {
    const isContent =
      path === `${folder}/release.yaml` ||
      path.startsWith(`${folder}/versions/${digest}/`);
    if (isContent) slice.set(path, content);
  }
  return slice;
}
