import { ConflictError } from '@backstage/errors';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Lease, StateStore } from '../database';
import { createExclusive } from './exclusive';

/** The lease of what writes to Git. */
const GIT = 'writer';
/** For so long a replica that died keeps the others from writing; more than a replica may compute without a pause. */
export const DEFAULT_LEASE_MILLISECONDS = 20_000;
/** How often a lease is renewed within its time. */
export const HEARTBEATS = 5;
/** How long to wait while another replica writes. */
const PATIENCE_MILLISECONDS = 60_000;
const RETRY_MILLISECONDS = 50;

/**
 * Lets one task write at a time, to Git or to what the lease is of: tasks of this process take turns, and a lease in the database keeps other replicas
 * from writing meanwhile. It is renewed for as long as the task takes.
 *
 * @internal
 */
export class Writer {
  readonly #exclusive = createExclusive();
  readonly #holder = randomUUID();

  private constructor(
    private readonly state: StateStore,
    private readonly leaseMilliseconds: number,
    private readonly name: string,
  ) {}

  /** @param options - `lease`: of what is written to; Git where left out */
  static create(options: {
    state: StateStore;
    leaseMilliseconds?: number;
    lease?: string;
  }): Writer {
    const { state, leaseMilliseconds = DEFAULT_LEASE_MILLISECONDS } = options;
    return new Writer(state, leaseMilliseconds, options.lease ?? GIT);
  }

  /**
   * Runs a task when those before it are done, of this replica and of the others.
   *
   * @throws ConflictError where another replica writes for very long
   */
  async write<T>(task: (lease: Lease) => Promise<T>): Promise<T> {
    return this.#exclusive(async () => {
      const lease = await this.acquire();
      // A renewal in vain is no error here: the task finds out before it writes.
      const heartbeat = setInterval(() => {
        this.renew(lease).catch(() => {});
      }, this.leaseMilliseconds / HEARTBEATS);
      try {
        return await task(lease);
      } finally {
        clearInterval(heartbeat);
        await this.state.releaseLease(lease);
      }
    });
  }

  /** @throws ConflictError where another replica took the lease */
  async renew(lease: Lease): Promise<void> {
    await this.state.renewLease(lease, this.leaseMilliseconds);
  }

  private async acquire(): Promise<Lease> {
    const end = performance.now() + PATIENCE_MILLISECONDS;
    do {
      const lease = await this.state.acquireLease(
        this.name,
        this.#holder,
        this.leaseMilliseconds,
      );
      if (lease) return lease;
      await sleep(RETRY_MILLISECONDS);
    } while (performance.now() < end);
    throw new ConflictError(
      'Another replica writes at the moment: try again in a minute',
    );
  }
}
