import { EdgeNamespaceEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { FileMap, ONLY_RING } from '../../model';
import { dataDigest, filesDigest, shortDigest } from '../format/digest';
import { segment } from '../format/paths';
import { entityYaml } from './entityYaml';
import { namespaceManifests } from './namespaceManifests';
import { renderReleaseFile } from './releaseFile';

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
    renderReleaseFile({ rings: new Map([[ONLY_RING, digest]]) }),
  );
  return slice;
}
