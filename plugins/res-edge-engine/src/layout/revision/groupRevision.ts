import {
  ApplicationSelector,
  EdgeApplicationEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { FileMap, GroupDecision } from '../../model';
import { filesBelow } from '../format/paths';
import { GROUP_CONTENT_FILE } from '../main/groupSlice';
import { createRevision, Revision } from './Revision';

/** The components of a group, as its clusters get them. @internal */
export function groupRevision(main: FileMap, group: GroupDecision): Revision {
  const folder = `groups/${group.name}`;
  const files = filesBelow(main, `${folder}/versions/${group.digest}`);
  files.delete(GROUP_CONTENT_FILE);
  return createRevision(folder, new Map(), () => files);
}

/** Whether a selector of applications holds: every part given must. @internal */
export function selectsApplication(
  { names, namespaces, matchLabels }: ApplicationSelector,
  entity: EdgeApplicationEntity,
): boolean {
  const { name, labels = {} } = entity.metadata;
  const { namespace } = entity.spec;
  return (
    (!names || names.includes(name)) &&
    (!namespaces ||
      (namespace !== undefined && namespaces.includes(namespace))) &&
    Object.entries(matchLabels ?? {}).every(
      ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
    )
  );
}
