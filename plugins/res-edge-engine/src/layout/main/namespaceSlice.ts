import { EdgeNamespaceEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { FileMap } from '../../model';
import { dataDigest, filesDigest, shortDigest } from '../format/digest';
import { segment } from '../format/paths';
import { toYaml } from '../format/toYaml';
import { ONLY_RING } from './applicationSlice';
import { entityYaml, ordered } from './entityYaml';
import { namespaceManifests } from './namespaceManifests';

/**
 * The files of main that say what was decided about a namespace. A wider selector changes `namespace.yaml` alone.
 *
 * @public
 */
export function renderNamespaceSlice(entity: EdgeNamespaceEntity): FileMap {
  const folder = `namespaces/${segment(entity.metadata.name)}`;
  const manifests = namespaceManifests(entity);
  const { values = {}, businessUnit, environment } = entity.spec;
  const digest = shortDigest(
    dataDigest({
      files: filesDigest(manifests),
      values,
      businessUnit,
      environment,
    }),
  );
  const slice = new Map<string, string | Uint8Array>();
  slice.set(`${folder}/namespace.yaml`, entityYaml(entity, { ...entity.spec }));
  for (const [path, content] of manifests) {
    slice.set(`${folder}/versions/${digest}/${path}`, content);
  }
  slice.set(
    `${folder}/release.yaml`,
    toYaml(ordered({ rings: [{ ring: ONLY_RING, digest }] })),
  );
  return slice;
}
