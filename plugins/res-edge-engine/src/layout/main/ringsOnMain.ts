import { InputError } from '@backstage/errors';
import {
  EdgeApplicationEntity,
  EdgeEntityError,
  EdgePolicyEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { reachedByRing } from '../../decide/wantedReleases';
import { FileChange, FileMap, ONLY_RING } from '../../model';
import { isMapping, parseYaml, textOf } from '../format/parseYaml';
import { segment } from '../format/paths';
import { DecisionReader } from './DecisionReader';
import { policyPath } from './mainPaths';
import {
  readReleaseFile,
  ReleaseContent,
  releaseDigest,
  ReleaseFile,
  renderReleaseFile,
} from './releaseFile';

/**
 * The release.yaml of an application that asks main for a release: the first ring gets it, all others keep what they
 * have. With a rollout it keeps what rings had before, so that they can go back to it.
 *
 * @param refused - digest of a release that was taken back, and does not start again
 * @throws EdgeEntityError where the rings cannot be found on main
 * @internal
 */
export function startRelease(
  main: FileMap,
  entity: EdgeApplicationEntity,
  release: ReleaseContent,
  refused?: string,
): ReleaseFile {
  const { rollout } = entity.spec;
  const digest = releaseDigest(release);
  if (rollout === undefined) {
    return {
      rings: new Map([[ONLY_RING, digest]]),
      releases: new Map([[digest, release]]),
    };
  }
  const before = releasesOnMain(main, entity.metadata.name, rollout);
  const [[first, had], ...rest] = before.rings;
  if (had === digest || (had !== undefined && digest === refused))
    return before;
  const kept = new Set(before.rings.values());
  return {
    rings: new Map([[first, digest], ...rest]),
    releases: new Map([
      ...[...before.releases].filter(([known]) => kept.has(known)),
      [digest, release],
    ]),
  };
}

/**
 * Brings one ring of an application to a release that main holds already: one changed line. That may be an older one.
 *
 * @throws EdgeEntityError where the rings cannot be found on main
 * @throws InputError where main does not hold the release, or there is no such ring
 * @public
 */
export function renderPromotion(
  main: FileMap,
  { metadata, spec }: EdgeApplicationEntity,
  ring: string,
  digest: string,
): FileChange {
  const { name } = metadata;
  const { rings, releases } = releasesOnMain(main, name, spec.rollout);
  if (!rings.has(ring)) {
    throw new InputError(
      `'${name}' has no ring '${ring}'; there are ${[...rings.keys()].join(
        ', ',
      )}`,
    );
  }
  if (!releases.has(digest)) {
    throw new InputError(`main holds no release '${digest}' of '${name}'`);
  }
  return {
    path: releaseFilePath(name),
    content: renderReleaseFile({
      rings: new Map(rings).set(ring, digest),
      releases,
    }),
  };
}

/** What main holds; by the rings of the rollout, where there is one. */
function releasesOnMain(
  main: FileMap,
  application: string,
  rollout: string | undefined,
): Required<ReleaseFile> {
  const { rings, releases } = releaseFileOf(main, application);
  if (rollout === undefined) return { rings, releases };
  const names = ringNames(main, rollout);
  const reached = reachedByRing(names, rings);
  return {
    rings: new Map(names.map((name, i) => [name, reached[i]])),
    releases,
  };
}

function releaseFilePath(application: string): string {
  return `apps/${segment(application)}/release.yaml`;
}

function ringNames(main: FileMap, rollout: string): string[] {
  const path = policyPath(rollout);
  const content = main.get(path);
  const refuse = (why: string) => new EdgeEntityError('spec.rollout', why);
  if (content === undefined) {
    throw refuse(`there is no rollout '${rollout}' on main`);
  }
  let policy: EdgePolicyEntity;
  try {
    policy = new DecisionReader(
      new Map([[path, content]]),
    ).entity<EdgePolicyEntity>('EdgePolicy', rollout, { path });
  } catch (error) {
    throw refuse(`rollout '${rollout}' cannot be read: ${messageOf(error)}`);
  }
  if (policy.spec.type !== 'rollout') {
    throw refuse(
      `'${rollout}' is of type ${policy.spec.type}; an application names a policy of type rollout`,
    );
  }
  return [...new Set(policy.spec.rings.map(({ name }) => name))];
}

/** Empty of an application that is new. */
function releaseFileOf(
  main: FileMap,
  application: string,
): Required<ReleaseFile> {
  const path = releaseFilePath(application);
  const content = main.get(path);
  if (content === undefined) return { rings: new Map(), releases: new Map() };
  try {
    const value = parseYaml(textOf(content));
    return readReleaseFile(isMapping(value) ? value : {});
  } catch (error) {
    throw new EdgeEntityError(
      'spec.rollout',
      `what its rings have reached cannot be read on main, ${path}: ${messageOf(
        error,
      )}`,
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
