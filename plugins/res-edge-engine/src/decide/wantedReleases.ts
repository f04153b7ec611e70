import { Bitmap, keepEqual } from '../bitmap';
import {
  ApplicationDecision,
  ApplicationRelease,
  RolloutRings,
} from '../model';
import type { PinnedRelease } from './releasePins';

/** What some rings of an application want. @internal */
export interface WantedRelease {
  /** In their order; none where nobody knows the rings, or where it is pinned alone. */
  readonly rings: readonly string[];
  /** Left out where these rings have reached none, or where nobody knows which one it is. */
  readonly release?: ApplicationRelease;
  /** The clusters of these rings that are not pinned, and those pinned to it; all where left out. */
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
 * Step 0: the distinct releases that the rings and pins of an application want, each with its clusters. Each cluster is in one of
 * them.
 *
 * @param rings - undefined where they cannot be found
 * @param before - sets of another time, which are given again where they hold the same
 * @param pins - what overrides pin: other than the rings, and each cluster once
 * @internal
 */
export function wantedReleases(
  decision: ApplicationDecision,
  rings: Pick<RolloutRings, 'rings'> | undefined,
  before: readonly WantedRelease[] = [],
  pins: readonly PinnedRelease[] = [],
): readonly WantedRelease[] {
  const wanted = withPins(releasesOfRings(decision, rings), pins);
  if (wanted.length === 1) {
    const [{ sets, ...only }] = wanted;
    return [only];
  }
  return wanted.map(({ sets, ...rest }) => {
    const [first, ...more] = sets;
    const union = first.clone();
    for (const set of more) union.or(set);
    const old = before.find(
      ({ release }) => release?.digest === rest.release?.digest,
    );
    return { ...rest, within: keepEqual(old?.within, union) };
  });
}

/** Without `within`, the union of sets; none of them where all clusters are meant. */
interface WantedSets extends Omit<WantedRelease, 'within' | 'rings'> {
  readonly rings: string[];
  readonly sets: Bitmap[];
}

function releasesOfRings(
  decision: ApplicationDecision,
  rings: Pick<RolloutRings, 'rings'> | undefined,
): WantedSets[] {
  const lines = new Map<string, ApplicationRelease | undefined>();
  for (const release of decision.releases) lines.set(release.ring, release);
  for (const ring of decision.emptyRings ?? []) lines.set(ring, undefined);
  if (!rings) {
    const [release] = decision.releases;
    const all = [...lines.values()];
    const isOne = all.every(other => other?.digest === release?.digest);
    return [{ rings: [], sets: [], ...(isOne && release && { release }) }];
  }
  const names = rings.rings.map(({ name }) => name);
  const byDigest = new Map<string | undefined, WantedSets>();
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
  return [...byDigest.values()];
}

/** Pinned clusters are taken out of their rings; each release stands once. */
function withPins(
  ofRings: WantedSets[],
  pins: readonly PinnedRelease[],
): WantedSets[] {
  if (pins.length === 0) return ofRings;
  const pinned = Bitmap.empty(pins[0].clusters.size);
  for (const { clusters } of pins) pinned.or(clusters);
  const all = Bitmap.full(pinned.size);
  const wanted = ofRings.map(({ sets, ...rest }) => ({
    ...rest,
    sets: (sets.length > 0 ? sets : [all]).map(set =>
      set.clone().andNot(pinned),
    ),
  }));
  for (const { release, clusters } of pins) {
    const known = wanted.find(item => item.release?.digest === release.digest);
    if (known) known.sets.push(clusters);
    else wanted.push({ rings: [], release, sets: [clusters] });
  }
  return wanted;
}
