import { Bitmap, keepEqual } from '../bitmap';
import {
  ApplicationDecision,
  ApplicationRelease,
  RolloutRings,
} from '../model';

/** What some rings of an application want. @internal */
export interface WantedRelease {
  /** In their order; none where nobody knows the rings. */
  readonly rings: readonly string[];
  /** Left out where these rings have reached none, or where nobody knows which one it is. */
  readonly release?: ApplicationRelease;
  /** The clusters of these rings; all where left out. */
  readonly within?: Bitmap;
}

/**
 * What each ring has reached. A ring that the lines do not name (its rollout was changed since) has what the next one
 * after it has that they name; where there is none, the one before it; where they name none of the rings, the last that
 * has reached anything.
 *
 * @param rings - names, in order
 * @param lines - by ring, in order; undefined for one that has reached none
 * @internal
 */
export function reachedByRing<T>(
  rings: readonly string[],
  lines: ReadonlyMap<string, T | undefined>,
): readonly (T | undefined)[] {
  const last = [...lines.values()].findLast(reached => reached !== undefined);
  return rings.map((_, index) => {
    const named =
      rings.slice(index).find(ring => lines.has(ring)) ??
      rings.slice(0, index).findLast(ring => lines.has(ring));
    return named === undefined ? last : lines.get(named);
  });
}

/**
 * Step 0: the distinct releases that the rings of an application want, each with its clusters. Each cluster is in one of
 * them.
 *
 * @param rings - undefined where they cannot be found
 * @param before - sets of another time, which are given again where they hold the same
 * @internal
 */
export function wantedReleases(
  decision: ApplicationDecision,
  rings: Pick<RolloutRings, 'rings'> | undefined,
  before: readonly WantedRelease[] = [],
): readonly WantedRelease[] {
  const lines = new Map<string, ApplicationRelease | undefined>();
  for (const release of decision.releases) lines.set(release.ring, release);
  for (const ring of decision.emptyRings ?? []) lines.set(ring, undefined);
  if (!rings) {
    const [release] = decision.releases;
    const all = [...lines.values()];
    const isOne = all.every(other => other?.digest === release?.digest);
    return [{ rings: [], ...(isOne && release && { release }) }];
  }
  const names = rings.rings.map(({ name }) => name);
  const byDigest = new Map<
    string | undefined,
    { rings: string[]; release?: ApplicationRelease; sets: Bitmap[] }
  >();
  reachedByRing(names, lines).forEach((release, index) => {
    const { name, clusters } = rings.rings[index];
    const known = byDigest.get(release?.digest);
    if (known) {
      known.rings.push(name);
      known.sets.push(clusters);
    } else {
      const rest = { rings: [name], sets: [clusters] };
      byDigest.set(release?.digest, release ? { ...rest, release } : rest);
    }
  });
  if (byDigest.size === 1) {
    const [{ sets, ...only }] = byDigest.values();
    return [only];
  }
  return [...byDigest.values()].map(({ sets, ...wanted }) => {
    const [first, ...more] = sets;
    const union = first.clone();
    for (const set of more) union.or(set);
    const old = before.find(
      ({ release }) => release?.digest === wanted.release?.digest,
    );
    return { ...wanted, within: keepEqual(old?.within, union) };
  });
}
