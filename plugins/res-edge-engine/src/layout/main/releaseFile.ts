import { InputError } from '@backstage/errors';
import {
  ApplicationOverride,
  Values,
} from '@res-edge/backstage-plugin-res-edge-common';
import { dataDigest, shortDigest } from '../format/digest';
import { isMapping } from '../format/parseYaml';
import { segment } from '../format/paths';
import { scalar, toYaml } from '../format/toYaml';
import { ordered } from './entityYaml';

/** What stands in the place of a digest for a ring that has reached nothing yet. */
const NONE = 'none';

/** What rolls out of an application, without what is captured with its version. @internal */
export interface ReleaseContent {
  readonly version: string;
  readonly values: Values;
  readonly overrides: readonly ApplicationOverride[];
}

/** The digest that each ring has reached, in order; undefined for one that has reached nothing yet. @internal */
export type ReachedRings = ReadonlyMap<string, string | undefined>;

/** What a `release.yaml` says. @internal */
export interface ReleaseFile {
  readonly rings: ReachedRings;
  /** By digest, of an application; as it was read, where it was. */
  readonly releases?: ReadonlyMap<string, object>;
}

/**
 * The text of a `release.yaml`: a line for each ring, so that a promotion changes one, and what is in each release.
 *
 * @internal
 */
export function renderReleaseFile({ rings, releases }: ReleaseFile): string {
  const lines = [...rings].map(([ring, digest]) => {
    const known = digest === undefined ? undefined : releases?.get(digest);
    const { version } = (known ?? {}) as Partial<ReleaseContent>;
    const comment = version === undefined ? '' : ` # ${segment(version)}`;
    return `  ${scalar(ring)}: ${scalar(digest ?? NONE)}${comment}\n`;
  });
  const content = releases
    ? toYaml(ordered({ releases: Object.fromEntries(releases) }))
    : '';
  return `rings:\n${lines.join('')}${content}`;
}

/** @throws InputError where the file is none @internal */
export function readReleaseFile({
  rings,
  releases = {},
}: Record<string, unknown>): Required<ReleaseFile> {
  if (!isMapping(rings) || Object.keys(rings).length === 0) {
    throw new InputError(
      'rings must be a mapping of rings to digests, one at least',
    );
  }
  const reached = new Map<string, string | undefined>();
  for (const [ring, digest] of Object.entries(rings)) {
    if (typeof digest !== 'string') {
      throw new InputError(
        `rings.${ring} must be a digest in quotes, or ${NONE}, got ${JSON.stringify(
          digest,
        )}`,
      );
    }
    reached.set(ring, digest === NONE ? undefined : segment(digest));
  }
  if (!isMapping(releases)) {
    throw new InputError('releases must be a mapping of digests to releases');
  }
  const contents = new Map<string, object>();
  for (const [digest, content] of Object.entries(releases)) {
    if (!isMapping(content)) {
      throw new InputError(`releases.${digest} must be a mapping`);
    }
    contents.set(digest, content);
  }
  return { rings: reached, releases: contents };
}

/** @internal */
export function releaseDigest({
  version,
  values,
  overrides,
}: ReleaseContent): string {
  return shortDigest(dataDigest({ version, values, overrides }));
}
