import { InputError } from '@backstage/errors';
import {
  EdgeGroupEntity,
  EdgePolicyEntity,
  GroupComponent,
} from '@res-edge/backstage-plugin-res-edge-common';
import { FileMap, ONLY_RING } from '../../model';
import { dataDigest, filesDigest, shortDigest } from '../format/digest';
import { innerPath, segment } from '../format/paths';
import { toYaml } from '../format/toYaml';
import { componentProblems } from '../capture/componentProblems';
import { entityYaml, ordered } from './entityYaml';
import { policyPath } from './mainPaths';
import { renderReleaseFile } from './releaseFile';

/** What a version of a group consists of, beside the folders of its components. @internal */
export const GROUP_CONTENT_FILE = 'content.yaml';

/**
 * The files of main that say what was decided about a group: its values and components. Its place in the tree and
 * its members are facts of the inventory. A group without either has no files, but where it names a rollout: what it had
 * goes by its rings.
 *
 * @param components - the files of each component's folder, by `path` as the entity writes it
 * @throws InputError where a component's files are missing, or are no closed kustomize Component
 * @public
 */
export function renderGroupSlice(
  entity: EdgeGroupEntity,
  components: ReadonlyMap<string, FileMap>,
): FileMap {
  const slice = new Map<string, string | Uint8Array>();
  const { values = {}, components: declared = [], rollout } = entity.spec;
  const isEmpty = Object.keys(values).length === 0 && declared.length === 0;
  if (isEmpty && rollout === undefined) return slice;

  const files = new Map<string, string | Uint8Array>();
  const placed: GroupComponent[] = declared.map((component, index) => {
    const folder = componentFolder(component.path, index);
    const content = components.get(component.path);
    if (!content || content.size === 0) {
      throw new InputError(
        `spec.components[${index}].path: no files were found in ${JSON.stringify(
          component.path,
        )}`,
      );
    }
    const [problem] = componentProblems(content);
    if (problem !== undefined) {
      throw new InputError(`spec.components[${index}].path: ${problem}`);
    }
    for (const [path, bytes] of content) {
      files.set(`${folder}/${innerPath(path)}`, bytes);
    }
    return { ...component, path: folder };
  });
  const digest = shortDigest(
    dataDigest({ values, components: placed, files: filesDigest(files) }),
  );

  const folder = `groups/${segment(entity.metadata.name)}`;
  const version = `${folder}/versions/${digest}`;
  slice.set(`${folder}/group.yaml`, groupYaml(entity));
  slice.set(
    `${folder}/release.yaml`,
    renderReleaseFile({ rings: new Map([[ONLY_RING, digest]]) }),
  );
  slice.set(
    `${version}/${GROUP_CONTENT_FILE}`,
    toYaml(ordered({ values, components: placed })),
  );
  for (const [path, bytes] of files) slice.set(`${version}/${path}`, bytes);
  return slice;
}

/** What was decided about a group, as it is registered. @internal */
export function groupYaml(entity: EdgeGroupEntity): string {
  const { owner, rollout, values = {}, components = [] } = entity.spec;
  return entityYaml(entity, { owner, rollout, values, components });
}

/** The file of main that says what was decided by a policy. @public */
export function renderPolicySlice(entity: EdgePolicyEntity): FileMap {
  return new Map([
    [policyPath(entity.metadata.name), entityYaml(entity, { ...entity.spec })],
  ]);
}

function componentFolder(path: string, index: number): string {
  const last = path
    .split('/')
    .filter(part => /[A-Za-z0-9]/.test(part))
    .pop();
  const name = (last ?? 'component')
    .replace(/[^A-Za-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${index + 1}-${name || 'component'}`;
}
