import { Amount, Limits } from './Limits';

/** A bound that has no room left. @internal */
export interface RoomVerdict {
  readonly step: 'fit';
  readonly bound: 'quota' | 'capacity';
  readonly resource: number;
}

/**
 * What is left of a capacity and of the quotas while applications are placed; used again for one class after another,
 * because there are thousands.
 *
 * @internal
 */
export class Room {
  private readonly capacity: Amount[];
  private readonly quotas: Amount[][];
  private readonly touched: number[] = [];
  private readonly verdicts: Record<
    RoomVerdict['bound'],
    readonly RoomVerdict[]
  >;

  constructor(private readonly limits: Limits) {
    this.capacity = [...limits.capacities[0]];
    this.quotas = limits.quotas.map(quota => [...quota]);
    const all = (bound: RoomVerdict['bound']) =>
      limits.resources.map(
        (_, resource): RoomVerdict => ({ step: 'fit', bound, resource }),
      );
    this.verdicts = { quota: all('quota'), capacity: all('capacity') };
  }

  /** Empties it, for clusters of this capacity. */
  reset(capacity: number): void {
    copy(this.limits.capacities[capacity], this.capacity);
    for (const quota of this.touched) {
      copy(this.limits.quotas[quota], this.quotas[quota]);
    }
    this.touched.length = 0;
  }

  /** The first bound that the requests of an application exceed, the namespace's before the cluster's. */
  refusal(application: number): RoomVerdict | undefined {
    const requests = this.limits.requests[application];
    const quota = this.limits.quotaOf[application];
    if (quota >= 0) {
      const resource = exceeded(requests, this.quotas[quota]);
      if (resource >= 0) return this.verdicts.quota[resource];
    }
    const resource = exceeded(requests, this.capacity);
    return resource < 0 ? undefined : this.verdicts.capacity[resource];
  }

  take(application: number): void {
    const requests = this.limits.requests[application];
    subtract(this.capacity, requests);
    const quota = this.limits.quotaOf[application];
    if (quota < 0) return;
    subtract(this.quotas[quota], requests);
    this.touched.push(quota);
  }
}

/** The first resource of which more is asked than is left. What is not asked for is never exceeded, even where pins took too much. */
function exceeded(
  requests: readonly Amount[],
  left: readonly Amount[],
): number {
  for (let i = 0; i < requests.length; i++) {
    if (requests[i] > left[i] && requests[i] > 0) return i;
  }
  return -1;
}

function subtract(left: Amount[], requests: readonly Amount[]): void {
  for (let i = 0; i < left.length; i++) {
    // All amounts are of one kind, which the type cannot say: at run time this subtracts bigints too.
    left[i] = (left[i] as number) - (requests[i] as number);
  }
}

function copy(from: readonly Amount[], to: Amount[]): void {
  for (let i = 0; i < from.length; i++) to[i] = from[i];
}
