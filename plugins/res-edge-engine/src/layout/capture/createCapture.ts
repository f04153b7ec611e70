import {
  EdgeApplicationEntity,
  entityRefOf,
  Problem,
  Values,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ApplicationSource, BuiltSource, Capture, FileMap } from '../../model';
import { byCodeUnit, canonicalJson, filesDigest } from '../format/digest';
import { parseYaml, textOf } from '../format/parseYaml';
import { filesBelow, segment } from '../format/paths';
import { overlayPath } from '../main/mainPaths';
import { CAPTURE_FILE } from '../main/readCaptureFile';
import { readCaptureFile } from '../main/readCaptureFile';
import { neededEntry } from './allowedKinds';
import { buildKey, capturedOverrides } from './builds';
import { chartProblems } from './chart';
import {
  clusterValuesProblems,
  withClusterValues,
} from './clusterValuesConfigMap';
import { Placeholder } from './placeholder';
import { refusedObjects } from './refusedObjects';
import { manifestRequests } from './requests';
import { sourceField } from './sourceField';
import { substitute } from './substitute';

const MAX_PROBLEMS = 20;

/**
 * Captures a version, once its builds are there: checks what it brings, and reads what it needs.
 *
 * @param built - by the keys of {@link sourceBuilds}
 * @param allowedKinds - what it may bring beside what every application may, if it is an add-on
 * @public
 */
export function createCapture(
  entity: EdgeApplicationEntity,
  source: ApplicationSource,
  built: ReadonlyMap<string, BuiltSource>,
  allowedKinds: readonly string[] = [],
): Capture {
  const application = entity.metadata.name;
  const { version, overrides = [], clusterValues = [] } = entity.spec;
  const captured = capturedOverrides(entity, source);
  const problems = new Set<string>();
  const clusterKeys = new Set<string>();
  const allowed = entity.spec.type === 'addon' ? allowedKinds : [];
  // What a chart brings is not known here: an add-on of this name may bring what is allowed, and the cluster sees to it.
  const chart = entity.spec.source.helm !== undefined;
  const needed = new Set<string | undefined>(chart ? allowed : []);

  // A key that only some clusters' override sets is their matter; here it is enough that anything sets it.
  const anyValues = Object.assign(
    Object.create(null) as Values,
    ...overrides.map(override => override.values),
    entity.spec.values,
  ) as Values;
  const variants = [
    buildKey(application, version),
    ...[...captured].map(([name, { digest }]) =>
      buildKey(application, version, overlayPath(name, digest)),
    ),
  ];
  for (const key of variants) {
    const objects = built.get(key)?.objects;
    if (!objects) {
      problems.add(`'${key}' was not built`);
      continue;
    }
    const { namespace } = entity.spec;
    const refused = chart
      ? chartProblems(objects)
      : refusedObjects(objects, namespace, allowed);
    refused.forEach(message => problems.add(message));
    for (const object of objects) needed.add(neededEntry(object, namespace));
    const filled = substitute(
      withClusterValues(application, clusterValues, objects),
      captureLookup(entity, anyValues),
    );
    [
      ...filled.problems,
      ...clusterValuesProblems(application, clusterValues, filled.objects),
    ].forEach(message => problems.add(message));
    filled.places.forEach(place => clusterKeys.add(place.key));
  }

  const declared = entity.spec.requests ?? {};
  const base = built.get(variants[0])?.objects ?? [];
  const found = manifestRequests(
    substitute(base, captureLookup(entity, anyValues)).objects,
  );
  if (Object.keys(declared).length === 0) {
    for (const message of found.problems) {
      problems.add(`${message}; spec.requests can say it instead`);
    }
  }
  const requests = Object.fromEntries(
    Object.entries({ ...found.requests, ...declared }).map(
      ([resource, quantity]) => [resource, String(quantity)],
    ),
  );
  return {
    application,
    version,
    origin: source.origin,
    digest: filesDigest(source.files),
    files: source.files,
    overrides: captured,
    requests,
    requires: entity.spec.requires ?? [],
    dependsOn: entity.spec.dependsOn ?? [],
    clusterValues,
    allowedKinds: allowed.filter(entry => needed.has(entry)).sort(byCodeUnit),
    clusterKeys: [...clusterKeys].sort(byCodeUnit),
    problems: [...problems]
      .slice(0, MAX_PROBLEMS)
      .map(message => problemOf(entity, sourceField(entity), message)),
  };
}

/**
 * A version that main holds already stays as it was captured. Other bytes or other needs under the same version are
 * problems of the capture that this returns: they take a new version.
 *
 * @public
 */
export function keepCaptured(
  main: FileMap,
  entity: EdgeApplicationEntity,
  fresh: Capture,
): Capture {
  const folder = `apps/${segment(entity.metadata.name)}/versions/${segment(
    fresh.version,
  )}`;
  const record = main.get(`${folder}/${CAPTURE_FILE}`);
  if (record === undefined) return fresh;
  const kept = readCaptureFile(
    parseYaml(textOf(record)) as Record<string, unknown>,
  );
  const files = filesBelow(main, folder);
  files.delete(CAPTURE_FILE);
  const problems = [...fresh.problems];
  if (kept.digest !== fresh.digest) {
    problems.push(
      problemOf(
        entity,
        'spec.version',
        `version '${fresh.version}' was captured from other files (${kept.origin}); changed files take a new version`,
      ),
    );
  }
  for (const field of [
    'requests',
    'requires',
    'dependsOn',
    'clusterValues',
  ] as const) {
    if (canonicalJson(kept[field]) !== canonicalJson(fresh[field])) {
      problems.push(
        problemOf(
          entity,
          `spec.${field}`,
          `version '${fresh.version}' was captured with ${canonicalJson(
            kept[field],
          )}; a change takes a new version`,
        ),
      );
    }
  }
  return { ...fresh, ...kept, files, problems };
}

function captureLookup(entity: EdgeApplicationEntity, values: Values) {
  const { name } = entity.metadata;
  const { version, owner } = entity.spec;
  const own: Values = Object.assign(Object.create(null), values, {
    name,
    version,
    owner,
  });
  // Values of the namespace may change without a new version; whether they are there is seen when rendering.
  const standIns = { string: 'x', number: '1', boolean: 'true' };
  return ({ scope, key, type }: Placeholder) =>
    scope === 'application' ? own[key] : standIns[type];
}

function problemOf(
  entity: EdgeApplicationEntity,
  field: string,
  message: string,
): Problem {
  return {
    entity: entityRefOf('EdgeApplication', entity.metadata.name),
    field,
    message,
  };
}
