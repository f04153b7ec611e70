import { InputError, NotFoundError } from '@backstage/errors';
import { Bitmap } from '../../bitmap';
import { Decisions, ONLY_RING, Plan, RolloutRings } from '../../model';
import { Rollout } from '../Rollout';
import { RolloutPace } from '../RolloutPace';
import { startRollout } from '../startRollout';

/** A release that goes through rings, or would. @public */
export interface ForeseenRelease {
  readonly rollout: Rollout;
  readonly policy: RolloutPace;
  /** The release of each ring, in order; undefined for none. */
  readonly reached: ReadonlyMap<string, string | undefined>;
  /** The clusters of each ring on which the application is placed, or would be once the ring has the release. */
  readonly clusters: ReadonlyMap<string, Bitmap>;
}

/** The digest of a release that nobody has made. @internal */
export const NOWHERE = 'foreseen';
/** What a release is called that has no version yet. @internal */
export const NEXT = 'next';

/** How a release comes that goes through no rings. */
const ALL_AT_ONCE: RolloutPace = {
  rings: [{ name: ONLY_RING, atOnce: '100%', failure: '100%' }],
};

/**
 * The release of an application that goes through its rings next: of a given version; or the one that the first ring has and
 * others have not; or else whatever comes.
 *
 * @param underWay - the rollout of the application, where one is: it goes on, unless another release is meant
 * @throws NotFoundError where main has no such application
 * @throws InputError where its rings cannot be found
 * @public
 */
export function foreseenRelease(
  { plan, decisions }: { plan: Plan; decisions: Decisions },
  wanted: {
    readonly application: string;
    readonly version?: string;
    readonly underWay?: Rollout;
    /** Where it will be placed once all rings have it; where it is where left out. */
    readonly reach?: Bitmap;
    /** The clock. */
    readonly now: Date;
  },
): ForeseenRelease {
  const { application, version, underWay, reach, now } = wanted;
  const planned = plan.applications.get(application);
  const policyName =
    decisions.applications.get(application)?.entity.spec.rollout;
  if (!planned)
    throw new NotFoundError(`No application '${application}' is decided`);
  const { policy, rings } = stagesOf({ plan, decisions }, policyName);
  const present = new Map(
    rings.map(({ name }) => [
      name,
      planned.releases.find(each => each.rings.includes(name))?.release,
    ]),
  );
  const placed = (reach ?? planned.placed).clone();
  // They run what their override says, whatever their ring has reached.
  for (const { clusters: pinned } of planned.pins ?? []) placed.andNot(pinned);
  const clusters = new Map(
    rings.map(ring => [ring.name, ring.clusters.clone().and(placed)]),
  );
  const reached = new Map(
    [...present].map(([name, release]) => [name, release?.digest]),
  );
  const [[first, newest]] = present;
  const isMade = version === undefined && newest !== undefined;
  if (isMade && underWay?.release === newest.digest)
    return { rollout: underWay, policy, reached, clusters };
  const older = [...reached.values()].find(digest => digest !== newest?.digest);
  const isNew = isMade && older !== undefined;
  const release = isNew ? newest.digest : NOWHERE;
  reached.set(first, release);
  const rollout = startRollout({
    ...{ application, release, rings: reached, now },
    version: isNew ? newest.version : version ?? NEXT,
    before: new Map([[first, isNew ? older : newest?.digest]]),
  });
  return { rollout, policy, reached, clusters };
}

/** @throws InputError where the rings cannot be found @internal */
export function stagesOf(
  { plan, decisions }: { plan: Plan; decisions: Decisions },
  name: string | undefined,
): { policy: RolloutPace; rings: RolloutRings['rings'] } {
  if (name === undefined) {
    const clusters = Bitmap.full(plan.snapshot.size);
    return { policy: ALL_AT_ONCE, rings: [{ name: ONLY_RING, clusters }] };
  }
  const found = plan.rollouts.get(name);
  const spec = decisions.policies.get(name)?.spec;
  if (!found || spec?.type !== 'rollout')
    throw new InputError(
      `The rings of rollout '${name}' cannot be found: it is not there, or has a problem`,
    );
  return { policy: spec, rings: found.rings };
}
