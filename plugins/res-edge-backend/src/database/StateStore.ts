import { JsonValue } from '@backstage/types';

/** The right to write, for a while. @internal */
export interface Lease {
  readonly name: string;
  readonly holder: string;
  /** Grows with each holder; who writes with an older one is refused. */
  readonly fencing: number;
  readonly expiresAt: Date;
}

/** How often something happened, over all replicas: who has seen a smaller number looks again. @internal */
export interface Counters {
  /** The inventory's revision. */
  readonly inventory: number;
  /** What the replica that plans has found. */
  readonly findings: number;
  /** What others asked it to look at. */
  readonly requests: number;
}

/**
 * Small facts of the automation, and the lease that keeps it to one writer.
 *
 * A lease that ran out may be taken by another replica; the fencing number makes sure that a writer that slept
 * through that (a long pause, a lost network) finds out before it writes.
 *
 * @internal
 */
export interface StateStore {
  get<T extends JsonValue>(key: string): Promise<T | undefined>;

  /** @throws ConflictError where `lease` is given and is not the current one any more; then nothing is written */
  set(key: string, value: JsonValue, lease?: Lease): Promise<void>;

  counters(): Promise<Counters>;

  /** @returns the counter as it is now */
  count(counter: 'findings' | 'requests'): Promise<number>;

  /** The lease, or undefined while another one holds it. Who holds it already gets a new number. */
  acquireLease(
    name: string,
    holder: string,
    ttlMilliseconds: number,
  ): Promise<Lease | undefined>;

  /** @throws ConflictError where another one took it */
  renewLease(lease: Lease, ttlMilliseconds: number): Promise<Lease>;

  /** Lets others take it now. Does nothing where another one has it already. */
  releaseLease(lease: Lease): Promise<void>;

  /** @throws ConflictError where the lease ran out or another one took it */
  assertFencing(lease: Lease): Promise<void>;
}
