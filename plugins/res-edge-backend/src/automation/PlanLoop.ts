import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { setTimeout as sleep } from 'node:timers/promises';
import { Counters, StateStore } from '../database';
import { Automation } from './Automation';
import { Leadership } from './Leadership';
import { Pause } from './Pause';

/** How often to look whether another replica changed something. */
const POLL_MILLISECONDS = 500;
/** Between two runs, so that others who want to write have their turn. */
const BREATH_MILLISECONDS = 200;
/** After a run that failed; each further failure doubles it. */
const RETRY_MILLISECONDS = 1_000;
const LONGEST_RETRY_MILLISECONDS = 60_000;

/**
 * Keeps one replica going. Each follows what changed, within a second, and answers from that. The one that plans runs
 * whenever the inventory moved, somebody asked for it, or it is time.
 *
 * @internal
 */
export class PlanLoop {
  readonly #leadership: Leadership;
  readonly #pause = Pause.create();
  readonly #loops: Promise<void>[] = [];
  #stopped = false;
  /** What was followed last, and planned last by this replica while it is the one that plans. */
  #followed?: Counters;
  #planned?: Counters;
  /** Why a run is due though no counter moved. */
  #due?: string;

  private constructor(
    private readonly options: {
      automation: Pick<Automation, 'follow' | 'run' | 'requestReason'>;
      state: StateStore;
      logger: LoggerService;
      /** How long another replica waits for a sign of life of the one that plans. */
      leaseMilliseconds: number;
    },
  ) {
    this.#leadership = Leadership.create({
      ...options,
      onGain: () => {
        this.#planned = undefined;
        this.wake();
      },
    });
  }

  static create(options: PlanLoop['options']): PlanLoop {
    return new PlanLoop(options);
  }

  start(): void {
    this.#leadership.start();
    this.#loops.push(this.keepFollowing(), this.keepPlanning());
  }

  /** Waits for what is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.wake();
    await Promise.all(this.#loops);
    await this.#leadership.stop();
  }

  /** Looks now: something changed here. */
  wake(): void {
    this.#pause.wake();
  }

  /** Follows and plans though nothing is known to have changed: time went by, and Git may have moved. */
  refresh(): void {
    this.#followed = undefined;
    this.plan('schedule');
  }

  /** Plans if this replica is the one that does. */
  plan(reason: string): void {
    this.#due = reason;
    this.wake();
  }

  private async keepFollowing(): Promise<void> {
    while (!this.#stopped) {
      const started = performance.now();
      try {
        await this.followOnce();
      } catch (error) {
        this.#followed = undefined;
        this.options.logger.error(
          'What changed could not be read',
          toError(error),
        );
      }
      // At most half of the time, however often others write.
      await sleep(performance.now() - started);
      if (!this.#stopped) await this.#pause.take(POLL_MILLISECONDS);
    }
  }

  private async followOnce(): Promise<void> {
    const { automation, state } = this.options;
    const counters = await state.counters();
    const seen = this.#followed;
    if (
      seen?.inventory === counters.inventory &&
      seen.requests === counters.requests &&
      seen.findings === counters.findings
    )
      return;
    // Before: who asks for a refresh meanwhile is not forgotten.
    this.#followed = counters;
    // Git moves by those who tell of it, or unseen; the one that plans fetches by itself.
    const fetch =
      !this.#leadership.isLeader() &&
      (seen?.findings !== counters.findings ||
        seen.requests !== counters.requests);
    await automation.follow({ fetch });
  }

  private async keepPlanning(): Promise<void> {
    let failures = 0;
    while (!this.#stopped) {
      try {
        await this.planOnce();
        failures = 0;
      } catch (error) {
        this.options.logger.error('A run failed', toError(error));
        failures++;
      }
      const wait =
        failures === 0
          ? BREATH_MILLISECONDS
          : Math.min(
              RETRY_MILLISECONDS * 2 ** (failures - 1),
              LONGEST_RETRY_MILLISECONDS,
            );
      await this.rest(wait);
      if (failures === 0 && !this.#stopped)
        await this.#pause.take(POLL_MILLISECONDS);
    }
  }

  private async planOnce(): Promise<void> {
    if (!this.#leadership.isLeader()) return;
    const { automation, state } = this.options;
    const counters = await state.counters();
    const before = this.#planned;
    let reason: string | undefined;
    if (!before) reason = 'start';
    else if (before.requests !== counters.requests)
      reason = (await automation.requestReason()) ?? 'a request';
    else if (before.inventory !== counters.inventory)
      reason = `inventory revision ${counters.inventory}`;
    else reason = this.#due;
    if (reason === undefined) return;
    const due = this.#due;
    this.#due = undefined;
    try {
      await automation.run(reason);
      this.#planned = counters;
    } catch (error) {
      this.#due ??= due;
      throw error;
    }
  }

  /** Not shortened by what changes, but by the end. */
  private async rest(milliseconds: number): Promise<void> {
    const end = performance.now() + milliseconds;
    while (!this.#stopped && performance.now() < end)
      // The clock goes on between the two.
      await sleep(
        Math.min(POLL_MILLISECONDS, Math.max(0, end - performance.now())),
      );
  }
}
