import { EdgeApplicationEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { Capture, FileMap } from '../../model';
import { innerPath, segment } from '../format/paths';
import { toYaml } from '../format/toYaml';
import { entityYaml, ordered } from './entityYaml';
import { overlayPath } from './mainPaths';
import { CAPTURE_FILE } from './readCaptureFile';
import { ReleaseContent, renderReleaseFile } from './releaseFile';
import { startRelease } from './ringsOnMain';

/**
 * The files of main that say what was decided about an application. A new version changes a line of `release.yaml`,
 * and adds its folder and its release once.
 *
 * @param main - what main holds now, where the application goes through the rings of a rollout: the first one gets the
 * release, the others keep theirs
 * @param refused - digest of a release that was taken back, and does not start again
 * @throws EdgeEntityError where these rings cannot be found
 * @public
 */
export function renderApplicationSlice(
  entity: EdgeApplicationEntity,
  capture: Capture,
  main: FileMap = new Map(),
  refused?: string,
): FileMap {
  const folder = `apps/${segment(entity.metadata.name)}`;
  const version = `${folder}/versions/${segment(capture.version)}`;
  const slice = new Map<string, string | Uint8Array>();
  slice.set(
    `${folder}/application.yaml`,
    entityYaml(entity, { ...entity.spec, version: undefined }),
  );
  const release = startRelease(
    main,
    entity,
    releaseOf(entity, capture),
    refused,
  );
  slice.set(`${folder}/release.yaml`, renderReleaseFile(release));
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

function releaseOf(
  { spec }: EdgeApplicationEntity,
  { version, overrides: captured }: Capture,
): ReleaseContent {
  // The release names the very bytes of its patches, so that an older ring keeps older ones.
  const overrides = (spec.overrides ?? []).map(override => {
    const { digest } = captured.get(override.name) ?? {};
    const patches = digest && [overlayPath(override.name, digest)];
    return { ...override, patches: patches || undefined };
  });
  return { version, values: spec.values ?? {}, overrides };
}
