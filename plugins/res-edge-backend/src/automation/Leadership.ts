import { LoggerService } from '@backstage/backend-plugin-api';
import { randomUUID } from 'node:crypto';
import { Lease, StateStore } from '../database';
import { HEARTBEATS } from './Writer';

const LEASE = 'planner';

/**
 * Says which replica plans: the one that has the lease, for as long as its heart beats. Two that believe it for a moment do no
 * harm, for each write needs the writer's lease; they would only do the same work twice.
 *
 * @internal
 */
export class Leadership {
  readonly #holder = randomUUID();
  #lease?: Lease;
  #timer?: ReturnType<typeof setInterval>;
  #beating?: Promise<void>;

  private constructor(
    private readonly options: {
      state: Pick<StateStore, 'acquireLease' | 'renewLease' | 'releaseLease'>;
      logger: LoggerService;
      leaseMilliseconds: number;
      onGain: () => void;
    },
  ) {}

  /** @param options - `onGain` is called each time this replica becomes the one that plans */
  static create(options: Leadership['options']): Leadership {
    return new Leadership(options);
  }

  start(): void {
    this.beat();
    const { leaseMilliseconds } = this.options;
    this.#timer = setInterval(
      () => this.beat(),
      leaseMilliseconds / HEARTBEATS,
    );
  }

  isLeader(): boolean {
    // A heartbeat that gets no answer is none.
    return (
      this.#lease !== undefined && this.#lease.expiresAt.getTime() > Date.now()
    );
  }

  /** Lets another one plan now. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#beating;
    const lease = this.#lease;
    this.#lease = undefined;
    if (lease) await this.options.state.releaseLease(lease);
  }

  private beat(): void {
    this.#beating ??= this.renew()
      .catch(error => {
        this.#lease = undefined;
        this.options.logger.warn('This replica plans no more', error);
      })
      .finally(() => {
        this.#beating = undefined;
      });
  }

  private async renew(): Promise<void> {
    const { state, logger, leaseMilliseconds, onGain } = this.options;
    if (this.#lease) {
      this.#lease = await state.renewLease(this.#lease, leaseMilliseconds);
      return;
    }
    this.#lease = await state.acquireLease(
      LEASE,
      this.#holder,
      leaseMilliseconds,
    );
    if (!this.#lease) return;
    logger.info(`This replica plans now, number ${this.#lease.fencing}`);
    onGain();
  }
}
