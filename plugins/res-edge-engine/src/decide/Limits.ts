import { CapacityClasses } from '../snapshot';
import { parseQuantity } from '../quantity';
import type { Rules } from './applicationRules';
import { sameAmounts } from './same';

/**
 * An amount of one resource as a whole number of its unit. All amounts that are computed with are of one kind:
 * numbers where every sum stays exact, else bigints.
 *
 * @internal
 */
export type Amount = number | bigint;

/** What the applications ask for and what bounds them on every cluster, as whole numbers by resource. @internal */
export interface Bounds {
  /** Resources that an application requests, sorted. */
  readonly resources: readonly string[];
  /** How many billionths make one of what is counted, by resource. */
  readonly units: readonly bigint[];
  /** The sum of all requests, by resource. */
  readonly totals: readonly bigint[];
  /** By application, then resource. */
  readonly requests: readonly (readonly Amount[])[];
  /** Index of the quota of each application's namespace, -1 where nothing bounds it. */
  readonly quotaOf: readonly number[];
  /** By quota, then resource. */
  readonly quotas: readonly (readonly Amount[])[];
}

/** The bounds of some clusters. @internal */
export interface Limits extends Bounds {
  /** Index of the capacity of each cluster; 0 bounds nothing. */
  readonly capacityOf: Uint32Array;
  /** By capacity, then resource. */
  readonly capacities: readonly (readonly Amount[])[];
}

class DistinctRows {
  readonly rows: (readonly bigint[])[];
  private readonly indexes = new Map<string, number>();

  constructor(first: readonly bigint[]) {
    this.rows = [first];
    this.indexes.set(first.join(), 0);
  }

  add(row: readonly bigint[]): number {
    const key = row.join();
    let index = this.indexes.get(key);
    if (index === undefined) {
      index = this.rows.length;
      this.rows.push(row);
      this.indexes.set(key, index);
    }
    return index;
  }
}

class DistinctNames {
  private readonly indexes = new Map<string, number>();

  add(name: string): number {
    const index = this.indexes.get(name) ?? this.indexes.size;
    this.indexes.set(name, index);
    return index;
  }
}

/**
 * Brings requests, quotas and capacities to small whole numbers without changing any decision.
 *
 * The unit of a resource is the greatest common divisor of its requests, and bounds are rounded down to it, because every
 * sum of requests is a multiple of it. A bound above the sum of all requests bounds nothing and counts as that sum. So
 * few distinct bounds remain, and the numbers are nearly always small enough for exact arithmetic of numbers.
 *
 * @internal
 */
export function createBounds({ applications, namespaces }: Rules): Bounds {
  const resources = [
    ...new Set(applications.flatMap(({ requests }) => [...requests.keys()])),
  ].sort();
  const units = resources.map(
    resource =>
      applications.reduce(
        (unit, { requests }) => divisor(unit, requests.get(resource) ?? 0n),
        0n,
      ) || 1n,
  );
  const requests = applications.map(rule =>
    resources.map(
      (resource, i) => (rule.requests.get(resource) ?? 0n) / units[i],
    ),
  );
  const totals = resources.map((_, i) =>
    requests.reduce((sum, row) => sum + row[i], 0n),
  );
  const scale = { resources, units, totals };
  const quotas = new DistinctNames();
  const quotaRows: bigint[][] = [];
  const quotaOf = applications.map(({ namespace }) => {
    const quota = namespaces.rules.get(namespace)?.quota;
    if (!quota || resources.length === 0) return -1;
    const row = boundOf(scale, quota);
    if (row.every((amount, i) => amount === totals[i])) return -1;
    const index = quotas.add(namespace);
    quotaRows[index] = row;
    return index;
  });
  return {
    ...scale,
    requests: amountsOf(scale, requests),
    quotaOf,
    quotas: amountsOf(scale, quotaRows),
  };
}

/** Whether other rules have the same bounds. @internal */
export function sameBounds(before: Rules, after: Rules): boolean {
  const { applications } = before;
  return (
    applications.length === after.applications.length &&
    after.applications.every((rule, i) => {
      const was = applications[i];
      return (
        rule === was ||
        (rule.namespace === was.namespace &&
          sameAmounts(rule.requests, was.requests))
      );
    }) &&
    changedQuotas(before, after).size === 0
  );
}

/** The namespaces with another quota. @internal */
export function changedQuotas(
  before: Rules,
  after: Rules,
): ReadonlySet<string> {
  const [old, now] = [before.namespaces.rules, after.namespaces.rules];
  return new Set(
    [...old.keys(), ...now.keys()].filter(name => {
      const [was, is] = [old.get(name), now.get(name)];
      return was !== is && !sameAmounts(was?.quota, is?.quota);
    }),
  );
}

/** What bounds these clusters. @internal */
export function createLimits(
  bounds: Bounds,
  {
    distinct,
    indexes,
  }: Pick<CapacityClasses, 'distinct'> & { indexes: Iterable<number> },
): Limits {
  const capacities = new DistinctRows(bounds.totals);
  const rowOf: (number | undefined)[] = [];
  const capacityOf = Uint32Array.from(indexes, index => {
    if (index < 0) return 0;
    rowOf[index] ??= capacities.add(
      boundOf(bounds, readCapacity(distinct[index])),
    );
    return rowOf[index];
  });
  return {
    ...bounds,
    capacityOf,
    capacities: amountsOf(bounds, capacities.rows),
  };
}

type Scale = Pick<Bounds, 'resources' | 'units' | 'totals'>;

function boundOf(
  { resources, units, totals }: Scale,
  amounts: ReadonlyMap<string, bigint>,
): bigint[] {
  return resources.map((resource, i) => {
    const amount = amounts.get(resource);
    const scaled = amount === undefined ? totals[i] : amount / units[i];
    return scaled < totals[i] ? scaled : totals[i];
  });
}

function amountsOf(
  { totals }: Scale,
  rows: readonly (readonly bigint[])[],
): Amount[][] {
  const small = totals.every(total => total <= BigInt(Number.MAX_SAFE_INTEGER));
  return rows.map(row => (small ? row.map(Number) : [...row]));
}

/** Reads what can be read; the rest is a problem of the snapshot and counts as not declared. @internal */
export function readCapacity(
  capacity: Record<string, unknown>,
): ReadonlyMap<string, bigint> {
  const amounts = new Map<string, bigint>();
  for (const [resource, quantity] of Object.entries(capacity)) {
    try {
      amounts.set(resource, parseQuantity(quantity as string | number));
    } catch {
      continue;
    }
  }
  return amounts;
}

function divisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
