import { InputError } from '@backstage/errors';
import { EdgeApplicationEntity } from '@res-edge/backstage-plugin-res-edge-common';
import {
  ApplicationSource,
  BuiltSource,
  CapturedOverride,
  Decisions,
  FileMap,
  SourceBuild,
} from '../../model';
import { filesDigest } from '../format/digest';
import { parseKubernetesYaml } from '../format/parseYaml';
import { filesBelow } from '../format/paths';
import { toYaml } from '../format/toYaml';
import { overlayPath } from '../main/mainPaths';
import { CAPTURE_FILE } from '../main/readCaptureFile';

const SOURCE = 'source';
const OVERLAY = 'overlay';
const BUILD = 'build';

/** The key of a build: a version, with the overlay of an override on it. @internal */
export function buildKey(
  application: string,
  version: string,
  overlay?: string,
): string {
  const base = `${application}@${version}`;
  return overlay === undefined ? base : `${base}+${overlay}`;
}

/**
 * What to build of a source that was just read, before {@link createCapture}: the version itself, and each of its
 * overrides that has patches.
 *
 * @public
 */
export function sourceBuilds(
  entity: EdgeApplicationEntity,
  source: ApplicationSource,
): SourceBuild[] {
  const application = entity.metadata.name;
  const { version } = entity.spec;
  const builds = [sourceBuild(application, version, source.files)];
  for (const [name, { digest, files }] of capturedOverrides(entity, source)) {
    const overlay = overlayPath(name, digest);
    builds.push(
      sourceBuild(application, version, source.files, overlay, files),
    );
  }
  return builds;
}

/**
 * What to build of main for {@link renderDelivery}. Equal keys have equal content, for ever.
 *
 * @public
 */
export function releaseBuilds(
  main: FileMap,
  decisions: Decisions,
): SourceBuild[] {
  const builds = new Map<string, SourceBuild>();
  const add = (build: SourceBuild) => builds.set(build.key, build);
  const pinned = pinnedVersions(decisions);
  for (const [application, decision] of decisions.applications) {
    const { releases, versions = [] } = decision;
    const others = versions.filter(({ version }) => pinned.has(version));
    const files = filesBelow(main, `apps/${application}`);
    for (const { version, overrides } of [...releases, ...others]) {
      const source = filesBelow(files, `versions/${version}`);
      source.delete(CAPTURE_FILE);
      add(sourceBuild(application, version, source));
      for (const overlay of overrides.flatMap(
        override => override.patches ?? [],
      )) {
        add(
          sourceBuild(
            application,
            version,
            source,
            overlay,
            filesBelow(files, overlay),
          ),
        );
      }
    }
  }
  return [...builds.values()];
}

/** The versions that overrides name, of whichever application. */
function pinnedVersions({ policies }: Decisions): ReadonlySet<string> {
  return new Set(
    Array.from(policies.values(), ({ spec }) =>
      spec.type === 'override' ? spec.pins?.version : undefined,
    ).filter(version => version !== undefined),
  );
}

/** Reads what kustomize printed. @throws InputError where it is no list of objects @public */
export function parseManifests(text: string): BuiltSource {
  const documents = parseKubernetesYaml(text).filter(
    document => document !== null && document !== undefined,
  );
  for (const document of documents) {
    if (typeof document !== 'object' || Array.isArray(document)) {
      throw new InputError('a manifest must be a mapping');
    }
    checkNumbers(document);
  }
  return { objects: documents as Record<string, unknown>[] };
}

/** The overrides that have patches, each as a kustomize Component. @internal */
export function capturedOverrides(
  entity: EdgeApplicationEntity,
  source: ApplicationSource,
): ReadonlyMap<string, CapturedOverride> {
  const captured = new Map<string, CapturedOverride>();
  for (const { name, patches = [] } of entity.spec.overrides ?? []) {
    if (patches.length === 0) continue;
    const files = new Map<string, string | Uint8Array>();
    const paths = patches.map((patch, index) => {
      const path = `patch-${index + 1}.yaml`;
      files.set(path, source.patches.get(patch) ?? '');
      return { path };
    });
    files.set(
      'kustomization.yaml',
      toYaml({
        apiVersion: 'kustomize.config.k8s.io/v1alpha1',
        kind: 'Component',
        patches: paths,
      }),
    );
    captured.set(name, { digest: filesDigest(files), files });
  }
  return captured;
}

function sourceBuild(
  application: string,
  version: string,
  source: FileMap,
  overlay?: string,
  overlayFiles: FileMap = new Map(),
): SourceBuild {
  const files = new Map<string, string | Uint8Array>();
  for (const [path, content] of source) files.set(`${SOURCE}/${path}`, content);
  for (const [path, content] of overlayFiles)
    files.set(`${OVERLAY}/${path}`, content);
  const key = buildKey(application, version, overlay);
  if (overlay === undefined) return { key, application, files, folder: SOURCE };
  files.set(
    `${BUILD}/kustomization.yaml`,
    toYaml({
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: [`../${SOURCE}`],
      components: [`../${OVERLAY}`],
    }),
  );
  return { key, application, files, folder: BUILD };
}

/** Numbers that JavaScript would round are no numbers that manifests have. */
function checkNumbers(value: unknown): void {
  if (
    typeof value === 'number' &&
    Number.isInteger(value) &&
    !Number.isSafeInteger(value)
  ) {
    throw new InputError(
      `the number ${value} is too large to be kept exactly; write it as a string`,
    );
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new InputError(`${value} is no number of JSON`);
  }
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(checkNumbers);
  }
}
