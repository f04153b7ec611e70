import { ServiceUnavailableError } from '@backstage/errors';
import {
  Bitmap,
  HoldSchedule,
  ReportedRelease,
  RolloutSimulation,
  RolloutSimulationInput,
  shareOfRings,
  SimulatedHour,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { ForeseenRollout, RolloutQuestion } from '../service/RolloutQuestion';
import { createExclusive } from './exclusive';
import { Rollouts } from './Rollouts';
import { setOf } from './rolloutSets';
import {
  mover,
  SimulationSide,
  SimulationStart,
  simulationStart,
  StartOptions,
} from './simulationStart';
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
   * @throws NotFoundError where there is no such application or content
   * @throws InputError where its rings cannot be found, or a version of content is asked for
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
    const { difference, days, shown } = question;
    const published = this.options.published();
    if (!published)
      throw new ServiceUnavailableError(
        'The fleet is being read for the first time; try again in a few seconds',
      );
    const side = await this.sideOf(published, difference);
    const { snapshot } = side.plan;
    const from = question.from ?? published.planned.input.now;
    const { rollouts } = this.options;
    const startOf = (which: StartOptions['question']) =>
      simulationStart({ published, side, rollouts, question: which, from });
    const start = await startOf(question);
    const { application } = start.release.rollout;
    const others: SimulationStart[] = [];
    for (const other of setOf(side.decisions, application)) {
      const found = await startOf({ application: other });
      if (found.isUnderWay) others.push(found);
    }
    const schedule = HoldSchedule.create(snapshot, side.decisions);
    const moved = mover(published.planned.plan.snapshot, snapshot);
    const unhindered = moved(waitsForNothing(published.planned).not()).not();
    const { approveAfter } = question.assume;
    const inputOf = (begin: SimulationStart): RolloutSimulationInput => {
      const { release, delivered, undeliverable, versions, clock } = begin;
      const reported = this.reportedAtStart(side, begin, question);
      return {
        ...release,
        ...{ delivered, undeliverable, versions, reported, from, unhindered },
        holds: clock(schedule),
        assumptions: {
          reportAfter: question.assume.reportAfter * MINUTE,
          failing: shareOfRings(
            release.clusters,
            question.assume.failed,
            reported?.unreachable,
          ),
          ...(approveAfter !== undefined && {
            approveAfter: approveAfter * MINUTE,
          }),
        },
        until: new Date(from.getTime() + days * DAY),
        frequency: FREQUENCY,
        shown: shown?.(snapshot),
      };
    };
    const simulation = RolloutSimulation.create(
      inputOf(start),
      others.map(inputOf),
    );
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
  ): Promise<SimulationSide> {
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
    { plan: { snapshot } }: SimulationSide,
    { release, reported: before }: SimulationStart,
    { assume }: RolloutQuestion,
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
