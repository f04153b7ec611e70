import {
  ApplicationOverride,
  EdgeApplicationEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Capture, FileMap } from '../../model';
import { dataDigest, shortDigest } from '../format/digest';
import { innerPath, segment } from '../format/paths';
import { toYaml } from '../format/toYaml';
import { entityYaml, ordered } from './entityYaml';

/** The one ring that there is until rollouts exist. @internal */
export const ONLY_RING = 'all';

/** Where a version keeps what was captured with it; no file of a source has this name. @internal */
export const CAPTURE_FILE = '.capture.yaml';

/**
 * The files of main that say what was decided about an application. A new version changes `release.yaml` alone,
 * and adds its folder once.
 *
 * @public
 */
export function renderApplicationSlice(
  entity: EdgeApplicationEntity,
  capture: Capture,
): FileMap {
  const folder = `apps/${segment(entity.metadata.name)}`;
  const version = `${folder}/versions/${segment(capture.version)}`;
  const slice = new Map<string, string | Uint8Array>();
  slice.set(
    `${folder}/application.yaml`,
    entityYaml(entity, { ...entity.spec, version: undefined }),
  );
  slice.set(`${folder}/release.yaml`, releaseYaml(entity, capture));
  for (const [path, content] of capture.files) {
    slice.set(`${version}/${innerPath(path)}`, content);
  }
  slice.set(
    `${version}/${CAPTURE_FILE}`,
    toYaml(
      ordered({
        source: capture.origin,
        digest: capture.digest,
        requests: capture.requests,
        requires: capture.requires,
        dependsOn: capture.dependsOn,
        clusterValues:
          capture.clusterValues.length > 0 ? capture.clusterValues : undefined,
        allowedKinds:
          capture.allowedKinds.length > 0 ? capture.allowedKinds : undefined,
      }),
    ),
  );
  for (const [name, override] of capture.overrides) {
    const overlay = `${folder}/${overlayPath(name, override.digest)}`;
    for (const [path, content] of override.files) {
      slice.set(`${overlay}/${innerPath(path)}`, content);
    }
  }
  return slice;
}

/** The Component of an override, from the application's folder. @internal */
export function overlayPath(name: string, digest: string): string {
  return `overlays/${segment(name)}/${shortDigest(digest)}`;
}

function releaseYaml(entity: EdgeApplicationEntity, capture: Capture): string {
  const { version } = capture;
  const values = entity.spec.values ?? {};
  // The release names the very bytes of its patches, so that an older ring keeps older ones.
  const overrides = (entity.spec.overrides ?? []).map(override => {
    const captured = capture.overrides.get(override.name);
    return {
      ...override,
      patches: captured && [overlayPath(override.name, captured.digest)],
    };
  });
  const digest = releaseDigest({ version, values, overrides });
  return toYaml(
    ordered({
      rings: [{ ring: ONLY_RING, version, digest, values, overrides }],
    }),
  );
}

/** @internal */
export function releaseDigest(release: {
  version: string;
  values: Record<string, string>;
  overrides: readonly ApplicationOverride[];
}): string {
  const { version, values, overrides } = release;
  return shortDigest(dataDigest({ version, values, overrides }));
}
