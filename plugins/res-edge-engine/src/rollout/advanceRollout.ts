import { gateFailure, gatesPass } from './ringGates';
import { RolloutRecorder } from './RolloutRecorder';
import { neededHealthy, RingLimits, ringLimits } from './ringLimits';
import { newerRelease } from './newerRelease';
import { countedClusters, RingSets, ringSets } from './ringSets';
import { isEnded, Rollout, RolloutMove } from './Rollout';
import { RingPace } from './RolloutPace';
import { RolloutWorld } from './RolloutWorld';

/** A line of release.yaml that a rollout wants to be another one. @public */
export interface RolloutWish {
  readonly ring: string;
  /** Digest. */
  readonly release: string;
  /** A person has to say yes first. */
  readonly approval: boolean;
}

/** How a rollout goes on. @public */
export interface AdvancedRollout {
  readonly rollout: Rollout;
  /** What happened, in order; nothing where it stays as it is. */
  readonly moves: readonly RolloutMove[];
  /** What main shall say. */
  readonly wishes: readonly RolloutWish[];
}

/**
 * Brings a rollout as far as it comes in this world: the steps of `RING_MOVES` and `ROLLOUT_MOVES` that are due, one after
 * the other. The same input gives the same.
 *
 * @throws CalendarError where a length of time in the policy is none
 * @public
 */
export function advanceRollout(
  rollout: Rollout,
  world: RolloutWorld,
): AdvancedRollout {
  const recorder = new RolloutRecorder(rollout, world.now);
  if (['done', 'rolled-back', 'overtaken'].includes(rollout.phase)) {
    return { ...recorder.result(), wishes: [] };
  }
  if (rollout.phase === 'rolling-back') {
    const wishes = rollBack(recorder, world);
    return { ...recorder.result(), wishes };
  }
  followPolicy(recorder, world);
  followMain(recorder, world);
  const wishes = recorder.phase === 'running' ? run(recorder, world) : [];
  // A failure can have turned it round.
  return recorder.phase === 'rolling-back'
    ? { ...recorder.result(), wishes: rollBack(recorder, world) }
    : { ...recorder.result(), wishes };
}

/** The rings are those of the policy, also where it was changed meanwhile. */
function followPolicy(
  recorder: RolloutRecorder,
  { policy, reached, now }: RolloutWorld,
): void {
  const known = new Map(recorder.rings.map(ring => [ring.name, ring]));
  recorder.setRings(
    policy.rings.map(({ name }) => {
      const had = reached.get(name);
      return (
        known.get(name) ?? {
          name,
          phase: 'waiting',
          since: now.toISOString(),
          ...(had !== undefined && had !== recorder.release && { before: had }),
        }
      );
    }),
  );
}

/** What people, or a newer release, have made of main. */
function followMain(recorder: RolloutRecorder, { reached }: RolloutWorld) {
  const { release, rings } = recorder;
  const has = (name: string) => reached.get(name) === release;
  const [first] = rings;
  const begun = rings.filter(
    ({ phase }) => phase !== 'waiting' && phase !== 'skipped',
  );
  const lost = begun.find(({ name }) => !has(name));
  if (lost && lost.name === first.name) {
    recorder.moveAll(
      'overtaken',
      `Ring '${first.name}' has another release on main`,
    );
    return;
  }
  if (lost && recorder.phase !== 'aborted') {
    recorder.moveAll(
      'aborted',
      `Main names another release for ring '${lost.name}', which had this one`,
    );
    return;
  }
  if (isEnded(recorder)) return;
  for (const { name, phase } of rings) {
    if (phase === 'waiting' && has(name)) {
      recorder.moveRing(name, 'rolling', 'Main names the release for it');
    }
  }
}

function run(recorder: RolloutRecorder, world: RolloutWorld): RolloutWish[] {
  const { policy } = world;
  for (const spec of policy.rings) {
    const limits = ringLimits(spec);
    const sets = ringSets(world, spec.name);
    const failed = sets.failed.count();
    const most = limits.failure(sets.reachable.count());
    const { phase } = recorder.ring(spec.name);
    if (phase !== 'rolling' && phase !== 'soaking') continue;
    const failure =
      failed > most
        ? `${failed} clusters of ring '${spec.name}' have failed; ${most} may`
        : gateFailure(spec, recorder, world);
    if (failure !== undefined) {
      recorder.moveAll(
        policy.onFailure === 'rollBack' ? 'rolling-back' : 'stopped',
        failure,
      );
      return [];
    }
  }
  for (const spec of policy.rings) {
    const limits = ringLimits(spec);
    const wish = advanceRing(recorder, world, spec, limits);
    if (wish) return wish;
  }
  recorder.moveAll('done', 'All its rings are done or skipped');
  return [];
}

/** Undefined where the next ring may go on. */
function advanceRing(
  recorder: RolloutRecorder,
  world: RolloutWorld,
  spec: RingPace,
  limits: RingLimits,
): RolloutWish[] | undefined {
  const { release } = recorder;
  const { name, gates = [] } = spec;
  const before = recorder.ring(name);
  if (before.phase === 'skipped' || before.phase === 'done') return undefined;
  if (before.phase === 'waiting') {
    const approval = limits.approval && !before.approved;
    return [{ ring: name, release, approval }];
  }
  const success = successOf(ringSets(world, name), limits, world);
  if (before.phase === 'rolling') {
    if (!success.met) return [];
    recorder.moveRing(name, 'soaking', success.text);
  } else if (!success.met) {
    recorder.moveRing(name, 'rolling', success.text);
    return [];
  }
  const ring = recorder.ring(name);
  const soaked = world.now.getTime() - Date.parse(ring.since);
  if (soaked < limits.soak) return [];
  if (!gatesPass(spec, ring, world)) return [];
  const passed = gates.length > 0 ? '; its gates pass' : '';
  recorder.moveRing(name, 'done', `It has soaked; ${success.text}${passed}`);
  return undefined;
}

/**
 * Clusters that wait for something else for long, and such as cannot get the release, defer themselves, not their ring; yet
 * one at least has to be healthy.
 */
function successOf(
  sets: RingSets,
  limits: RingLimits,
  { reported }: RolloutWorld,
): { met: boolean; text: string } {
  const { clusters, undeliverable } = sets;
  const found = sets.healthy.count();
  const counted = countedClusters(sets);
  const wanted = neededHealthy(limits, counted);
  const text = reported
    ? `${found} of ${counted} clusters are healthy; ${wanted} have to be`
    : `${found} of ${counted} clusters are told to run it, and none reports its health; ${wanted} have to be`;
  const cannot = undeliverable.isEmpty()
    ? ''
    : `; to ${undeliverable.count()} more it cannot be delivered`;
  return clusters.isEmpty()
    ? { met: true, text: 'It has no cluster' }
    : { met: found >= wanted, text: text + cannot };
}

/** A ring that had nothing before keeps the release: there is nothing to go back to. */
function rollBack(
  recorder: RolloutRecorder,
  { reached, clusters, delivered, undeliverable }: RolloutWorld,
): RolloutWish[] {
  const wishes: RolloutWish[] = [];
  // To what cannot be delivered nothing can go back either: it does so once it can.
  const has = undeliverable
    ? delivered.clone().andNot(undeliverable)
    : delivered;
  let gone = true;
  for (const { name, before } of recorder.rings) {
    if (before === undefined) continue;
    if (reached.get(name) === recorder.release) {
      wishes.push({ ring: name, release: before, approval: false });
    }
    if (clusters.get(name)?.intersects(has)) gone = false;
  }
  if (wishes.length > 0) return wishes;
  if (gone) {
    recorder.moveAll('rolled-back', 'No cluster has the release any more');
  } else if (newerRelease(recorder, reached) !== undefined) {
    recorder.moveAll(
      'rolled-back',
      'No ring has the release on main any more, and a newer one has come',
    );
  }
  return wishes;
}
