import { Amount, Limits } from './Limits';

/** A bound that has no room left. @internal */
export interface RoomVerdict {
  readonly step: 'fit';
  readonly bound: 'quota' | 'capacity';
  readonly resource: number;
}

/** What is left of a capacity and of the quotas while applications are placed. @internal */
export class Room {
  private readonly capacity: Amount[];
  private readonly quotas: (Amount[] | undefined)[] = [];

  constructor(private readonly limits: Limits, capacity: number) {
    this.capacity = [...limits.capacities[capacity]];
  }

  /** The first bound that the requests of an application exceed, the namespace's before the cluster's. */
  refusal(application: number): RoomVerdict | undefined {
    const requests = this.limits.requests[application];
    const quota = this.quotaFor(application);
    const overQuota = quota ? exceeded(requests, quota) : -1;
    if (overQuota >= 0)
      return { step: 'fit', bound: 'quota', resource: overQuota };
    const overCapacity = exceeded(requests, this.capacity);
    return overCapacity < 0
      ? undefined
      : { step: 'fit', bound: 'capacity', resource: overCapacity };
  }

  take(application: number): void {
    const requests = this.limits.requests[application];
    subtract(this.capacity, requests);
    const quota = this.quotaFor(application);
    if (quota) subtract(quota, requests);
  }

  private quotaFor(application: number): Amount[] | undefined {
    const index = this.limits.quotaOf[application];
    if (index < 0) return undefined;
    return (this.quotas[index] ??= [...this.limits.quotas[index]]);
  }
}

/** The first resource of which more is asked than is left. What is not asked for is never exceeded, even where pins took too much. */
function exceeded(
  requests: readonly Amount[],
  left: readonly Amount[],
): number {
  for (let i = 0; i < requests.length; i++) {
    if (requests[i] > 0 && requests[i] > left[i]) return i;
  }
  return -1;
}

function subtract(left: Amount[], requests: readonly Amount[]): void {
  // All amounts are of one kind, which the type cannot say: at run time this subtracts bigints too.
  for (let i = 0; i < left.length; i++)
    left[i] = (left[i] as number) - (requests[i] as number);
}
