import { InputError } from '@backstage/errors';
import {
  ApplicationSelector,
  EdgeApplicationEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { fillComponent, FilledComponent } from '../capture/fillComponent';
import { FileMap, GroupDecision } from '../../model';
import { filesBelow } from '../format/paths';
import { createRevision, Revision } from './Revision';

/** What a component reads of a cluster. @internal */
export type ComponentKeys = Pick<FilledComponent, 'clusterKeys' | 'dummies'>;

/**
 * The components of a group, as its clusters get them.
 *
 * @returns the revision, and by the folder of each component what it reads
 * @throws InputError where a component cannot be filled
 * @internal
 */
export function groupRevision(
  main: FileMap,
  group: GroupDecision,
): { revision: Revision; components: ReadonlyMap<string, ComponentKeys> } {
  const folder = `groups/${group.name}`;
  const version = `${folder}/versions/${group.digest}`;
  const files = new Map<string, string | Uint8Array>();
  const components = new Map<string, ComponentKeys>();
  for (const { path } of group.components) {
    const filled = fillComponent(filesBelow(main, `${version}/${path}`));
    const [problem] = filled.problems;
    if (problem !== undefined) throw new InputError(`${path}: ${problem}`);
    for (const [file, content] of filled.files) {
      files.set(`${path}/${file}`, content);
    }
    components.set(path, filled);
  }
  const revision = createRevision(folder, new Map(), () => files);
  return { revision, components };
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
