import { Bitmap } from '../bitmap';
import { Decisions, Plan, releaseOn } from '../model';
import { parseQuantity } from '../quantity';

type Amounts = ReadonlyMap<string, bigint>;

/** Whether there is room on a cluster for what stays, beside what is planned. @internal */
export class RoomCheck {
  private constructor(
    private readonly plan: Plan,
    private readonly decisions: Decisions,
    private readonly parsed = new Map<string, Amounts>(),
  ) {}

  static create(plan: Plan, decisions: Decisions): RoomCheck {
    return new RoomCheck(plan, decisions);
  }

  /** Of the clusters on which something stays, those that may not have room for all: by capacity, or by a quota. */
  clustersWithoutRoom(staying: ReadonlyMap<string, Bitmap>): Bitmap {
    const { size } = this.plan.snapshot;
    const where = Bitmap.empty(size);
    for (const clusters of staying.values()) where.or(clusters);
    const full = Bitmap.empty(size);
    where.forEach(number => {
      const names = new Set<string>();
      for (const [name, clusters] of staying)
        if (clusters.has(number)) names.add(name);
      for (const { name, placed } of this.plan.applications.values())
        if (placed.has(number)) names.add(name);
      if (!this.fits(number, names)) full.add(number);
    });
    return full;
  }

  private fits(number: number, names: ReadonlySet<string>): boolean {
    const { capacity } = this.plan.snapshot.clusters[number].spec;
    const total = new Map<string, bigint>();
    const ofNamespaces = new Map<string, Map<string, bigint>>();
    for (const name of names) {
      const decision = this.decisions.applications.get(name);
      // What an application needs that main does not hold any more nobody knows.
      if (!decision) return false;
      const wanted = releaseOn(this.plan.applications.get(name), number);
      const amounts = wanted && this.amounts(wanted.release.requests);
      if (!amounts) return false;
      addTo(total, amounts);
      const namespace = decision.entity.spec.namespace ?? '';
      const known = ofNamespaces.get(namespace) ?? new Map<string, bigint>();
      addTo(known, amounts);
      ofNamespaces.set(namespace, known);
    }
    const quotas = [...ofNamespaces].map(
      ([name, amounts]) =>
        [
          this.decisions.namespaces.get(name)?.entity.spec.resources?.quota,
          amounts,
        ] as const,
    );
    return [[capacity, total] as const, ...quotas].every(([bound, amounts]) =>
      this.isWithin(bound, amounts),
    );
  }

  private isWithin(bound: object | undefined, amounts: Amounts): boolean {
    if (!bound) return true;
    const limits = this.amounts(bound);
    if (!limits) return true;
    return [...amounts].every(([resource, amount]) => {
      const limit = limits.get(resource);
      return limit === undefined || amount <= limit;
    });
  }

  /** Undefined where a quantity cannot be read. */
  private amounts(quantities: object): Amounts | undefined {
    const key = JSON.stringify(quantities);
    const known = this.parsed.get(key);
    if (known) return known;
    try {
      const amounts = new Map(
        Object.entries(quantities).map(([resource, quantity]) => [
          resource,
          parseQuantity(quantity as string),
        ]),
      );
      this.parsed.set(key, amounts);
      return amounts;
    } catch {
      return undefined;
    }
  }
}

function addTo(sum: Map<string, bigint>, amounts: Amounts): void {
  for (const [resource, amount] of amounts)
    sum.set(resource, (sum.get(resource) ?? 0n) + amount);
}
