import { ServiceUnavailableError } from '@backstage/errors';
import {
  Bitmap,
  decideNext,
  Decisions,
  ForeseenRelease,
  foreseenRelease,
  HoldSchedule,
  Plan,
  ReportedRelease,
  RolloutSimulation,
  shareOfRings,
  SimulatedHour,
  Snapshot,
  withAllRings,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { ForeseenRollout, RolloutQuestion } from '../service/RolloutQuestion';
import { createExclusive } from './exclusive';
import { Rollouts } from './Rollouts';
import { waitsForNothing } from './waitsForNothing';
import { PublishedPlan, WhatIf } from './WhatIf';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** How often the plan loop looks, where nothing else is configured. */
const FREQUENCY = 5 * MINUTE;
/** So long others wait for their turn at most, in milliseconds. */
const MAX_TURN = 20;
/** One is played at a time; more than these would wait too long. */
const MAX_WAITING = 10;

/** What a simulation is played on: sets number the clusters of its plan. */
interface Side {
  readonly plan: Plan;
  readonly decisions: Decisions;
}

/**
 * Plays rollouts on the plan that holds, or on what changes would make of it; nothing is stored. One after the other, with
 * pauses, so that all else goes on.
 *
 * @internal
 */
export class RolloutSimulations {
  readonly #exclusive = createExclusive();
  #waiting = 0;

  private constructor(
    private readonly options: {
      readonly published: () => PublishedPlan | undefined;
      readonly whatIf: WhatIf;
      readonly rollouts: Rollouts;
    },
  ) {}

  static create(options: RolloutSimulations['options']): RolloutSimulations {
    return new RolloutSimulations(options);
  }

  /**
   * What would happen.
   *
   * @throws ServiceUnavailableError before there is a plan, and where too many ask at a time
   * @throws NotFoundError where there is no such application
   * @throws InputError where its rings cannot be found
   */
  async simulate(question: RolloutQuestion): Promise<ForeseenRollout> {
    if (this.#waiting >= MAX_WAITING)
      throw new ServiceUnavailableError(
        `${MAX_WAITING} simulations of rollouts wait already; try again in a few seconds`,
      );
    this.#waiting += 1;
    try {
      return await this.#exclusive(() => this.play(question));
    } finally {
      this.#waiting -= 1;
    }
  }

  private async play(question: RolloutQuestion): Promise<ForeseenRollout> {
    const { application, version, difference, days, shown } = question;
    const published = this.options.published();
    if (!published)
      throw new ServiceUnavailableError(
        'The fleet is being read for the first time; try again in a few seconds',
      );
    const side = await this.sideOf(published, difference);
    const { snapshot } = side.plan;
    const from = question.from ?? published.planned.input.now;
    const standing = await this.options.rollouts.standing(
      published.planned,
      application,
    );
    const release = foreseenRelease(side, {
      ...{ application, version, now: from },
      underWay: standing?.rollout,
      reach: reachOf(published, side, application),
    });
    const world =
      release.rollout === standing?.rollout ? standing.world : undefined;
    const moved = mover(published.planned.plan.snapshot, snapshot);
    const reported = this.reportedAtStart(
      side,
      release,
      question,
      world?.reported && {
        healthy: moved(world.reported.healthy),
        failed: moved(world.reported.failed),
      },
    );
    const { entity } = side.decisions.applications.get(application)!;
    const simulation = RolloutSimulation.create({
      ...release,
      delivered: world ? moved(world.delivered) : Bitmap.empty(snapshot.size),
      versions: versionsOf(published, application, snapshot),
      ...{ reported, from },
      unhindered: moved(waitsForNothing(published.planned).not()).not(),
      holds: HoldSchedule.create(snapshot, side.decisions).clock({
        application: entity,
      }),
      assumptions: {
        reportAfter: question.assume.reportAfter * MINUTE,
        failing: shareOfRings(
          release.clusters,
          question.assume.failed,
          reported?.unreachable,
        ),
        ...(question.assume.approveAfter !== undefined && {
          approveAfter: question.assume.approveAfter * MINUTE,
        }),
      },
      until: new Date(from.getTime() + days * DAY),
      frequency: FREQUENCY,
      shown: shown?.(snapshot),
    });
    const hours = await playAll(simulation, question);
    const { arrivals } = simulation;
    return {
      ...{ ...simulation.result(), from: from.toISOString(), hours },
      arrivalOn: cluster => {
        const number = snapshot.numberOf(cluster);
        return number === undefined ? undefined : arrivals.of(number);
      },
    };
  }

  private async sideOf(
    { planned }: PublishedPlan,
    difference: RolloutQuestion['difference'],
  ): Promise<Side> {
    if (!difference)
      return { plan: planned.plan, decisions: planned.main.decisions };
    const outlook = await this.options.whatIf.foresee(
      this.options.published(),
      difference,
    );
    return outlook.after;
  }

  /** Undefined where nobody reports, and nothing is assumed of it. */
  private reportedAtStart(
    { plan: { snapshot } }: Side,
    release: ForeseenRelease,
    { assume }: RolloutQuestion,
    before: Pick<ReportedRelease, 'healthy' | 'failed'> | undefined,
  ): ReportedRelease | undefined {
    const { reports } = this.options.rollouts;
    const isAssumed = assume.failed > 0 || (assume.unreachable ?? 0) > 0;
    if (!reports?.isHeard && !isAssumed) return undefined;
    const none = Bitmap.empty(snapshot.size);
    const unreachable = () => {
      const found = none.clone();
      if (!reports?.isHeard) return found;
      snapshot.clusters.forEach(({ metadata: { name } }, number) => {
        if (reports.freshness(name) !== 'fresh') found.add(number);
      });
      return found;
    };
    return {
      healthy: before?.healthy ?? none,
      failed: before?.failed ?? none,
      unreachable:
        assume.unreachable === undefined
          ? unreachable()
          : shareOfRings(release.clusters, assume.unreachable),
    };
  }
}

/** Where an application that some rings have not reached will be; undefined where all have. */
function reachOf(
  { planned: { input, plan } }: PublishedPlan,
  side: Side,
  application: string,
): Bitmap | undefined {
  const decisions = withAllRings(side.decisions, application);
  if (decisions === side.decisions) return undefined;
  const { snapshot } = side.plan;
  const baseline =
    snapshot === input.snapshot ? input.baseline : { applications: new Map() };
  const next = { ...input, snapshot, baseline, decisions };
  return decideNext({ input, plan }, next).applications.get(application)
    ?.placed;
}

/** All hours, with pauses in which others have their turn. */
async function playAll(
  simulation: RolloutSimulation,
  { signal, untilDone }: RolloutQuestion,
): Promise<SimulatedHour[]> {
  const hours: SimulatedHour[] = [];
  let began = performance.now();
  for (let hour = simulation.next(); hour; hour = simulation.next()) {
    hours.push(hour);
    if (untilDone && simulation.phase === 'done') break;
    if (performance.now() - began < MAX_TURN) continue;
    await new Promise(resolve => setImmediate(resolve));
    signal?.throwIfAborted();
    began = performance.now();
  }
  return hours;
}

/** Sets of one snapshot as another one numbers its clusters. */
function mover(before: Snapshot, after: Snapshot): (of: Bitmap) => Bitmap {
  return before === after
    ? clusters => clusters
    : clusters => after.bitmapOf(before.namesOf(clusters));
}

/** What each cluster is told to run. */
function versionsOf(
  { view: { delivered } }: PublishedPlan,
  application: string,
  snapshot: Snapshot,
): ReadonlyMap<string, Bitmap> {
  const versions = new Map<string, Bitmap>();
  for (const [cluster, { version = '' }] of delivered.entries(application)) {
    const number = snapshot.numberOf(cluster);
    if (number === undefined) continue;
    let found = versions.get(version);
    if (!found) versions.set(version, (found = Bitmap.empty(snapshot.size)));
    found.add(number);
  }
  return versions;
}
