import { EdgeNamespaceEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { FileMap, ONLY_RING } from '../../model';
import { dataDigest, filesDigest, shortDigest } from '../format/digest';
import { segment } from '../format/paths';
import { entityYaml } from './entityYaml';
import { namespaceManifests } from './namespaceManifests';
import { renderReleaseFile } from './releaseFile';

/** What rolls out of a namespace; all else that it says holds at once. */
const CONTENT = [
  ...(['selector', 'resources', 'isolation', 'prune'] as const),
  ...(['values', 'businessUnit', 'environment'] as const),
];

/** A namespace with the content and the selector of what it was at another time. @public */
export function withContentOf(
  entity: EdgeNamespaceEntity,
  other: EdgeNamespaceEntity,
): EdgeNamespaceEntity {
  const content = Object.fromEntries(
    CONTENT.map(key => [key, other.spec[key]]),
  );
  return { ...entity, spec: { ...entity.spec, ...content } };
}

/** Digest of the content of a namespace, as its release.yaml names it. @public */
export function namespaceDigest(entity: EdgeNamespaceEntity): string {
  const { values = {}, businessUnit, environment } = entity.spec;
  const files = filesDigest(namespaceManifests(entity));
  return shortDigest(dataDigest({ files, values, businessUnit, environment }));
}

/**
 * The files of main that say what was decided about a namespace. A wider selector changes `namespace.yaml` alone.
 *
 * @public
 */
export function renderNamespaceSlice(entity: EdgeNamespaceEntity): FileMap {
  const folder = `namespaces/${segment(entity.metadata.name)}`;
  const digest = namespaceDigest(entity);
  const slice = new Map<string, string | Uint8Array>();
  slice.set(`${folder}/namespace.yaml`, entityYaml(entity, { ...entity.spec }));
  for (const [path, content] of namespaceManifests(entity)) {
    slice.set(`${folder}/versions/${digest}/${path}`, content);
  }
  slice.set(
    `${folder}/release.yaml`,
    renderReleaseFile({ rings: new Map([[ONLY_RING, digest]]) }),
  );
  return slice;
}
