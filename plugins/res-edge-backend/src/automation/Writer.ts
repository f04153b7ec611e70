import { ConflictError } from '@backstage/errors';
import { randomUUID } from 'node:crypto';
import { Lease, StateStore } from '../database';
import { createExclusive } from './exclusive';

const LEASE = 'writer';
const LEASE_MILLISECONDS = 5 * 60 * 1000;

/**
 * Lets one task write at a time: tasks of this process take turns, and a lease in the database keeps other replicas
 * from writing meanwhile.
 *
 * @internal
 */
export class Writer {
  readonly #exclusive = createExclusive();
  readonly #holder = randomUUID();

  private constructor(private readonly state: StateStore) {}

  static create(options: { state: StateStore }): Writer {
    return new Writer(options.state);
  }

  /** Runs a task when those before it are done. */
  async inTurn<T>(task: () => Promise<T>): Promise<T> {
    return this.#exclusive(task);
  }

  /** Within a turn: the task's result, or undefined while another replica writes. */
  async withLease<T>(
    task: (lease: Lease) => Promise<T>,
  ): Promise<T | undefined> {
    const { state } = this;
    const lease = await state.acquireLease(
      LEASE,
      this.#holder,
      LEASE_MILLISECONDS,
    );
    if (!lease) return undefined;
    try {
      return await task(lease);
    } finally {
      await state.releaseLease(lease);
    }
  }

  /** @throws ConflictError where another replica took the lease */
  async renew(lease: Lease): Promise<void> {
    await this.state.renewLease(lease, LEASE_MILLISECONDS);
  }

  /**
   * Writes what a person asked for.
   *
   * @throws ConflictError while another replica writes
   */
  async write<T>(task: () => Promise<T>): Promise<T> {
    const done = await this.inTurn(() =>
      this.withLease(async lease => {
        await this.state.assertFencing(lease);
        return { result: await task() };
      }),
    );
    if (!done)
      throw new ConflictError(
        'Another replica writes at the moment: try again in a minute',
      );
    return done.result;
  }
}
