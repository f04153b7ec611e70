import { Bitmap } from '../../bitmap';
import { Renumbering } from '../../bitmap/Renumbering';
import { Baseline, DeliveredShard } from '../../model';
import { Snapshot } from '../../snapshot';
import { baselineOf, placedApplications } from './baselineOf';

type Delivered = ReadonlyMap<string, DeliveredShard>;
type Named = { readonly name: string };
type Sets = ReadonlyMap<string, Bitmap>;

interface Read {
  readonly delivered: Delivered;
  readonly snapshot: Snapshot;
  readonly baseline: Baseline;
}

/** An application or namespace that came to a cluster, or went. */
interface Move {
  readonly name: string;
  readonly number: number;
}

interface Moves {
  readonly gone: Move[];
  readonly come: Move[];
}

/**
 * Gives what {@link baselineOf} gives, and looks only at bills that changed since it was asked last. Sets that did not
 * change are the same objects.
 *
 * @public
 */
export class BaselineReader {
  #last?: Read;

  private constructor() {}

  /** Knows nothing yet. */
  static create(): BaselineReader {
    return new BaselineReader();
  }

  /** One that knows the same, and goes its own way from here. */
  fork(): BaselineReader {
    const fork = BaselineReader.create();
    fork.#last = this.#last;
    return fork;
  }

  /** What runs where. */
  read(
    delivered: ReadonlyMap<string, DeliveredShard>,
    snapshot: Snapshot,
  ): Baseline {
    const last = this.#last;
    const baseline = last
      ? next(last, delivered, snapshot)
      : baselineOf(delivered, snapshot);
    this.#last = { delivered, snapshot, baseline };
    return baseline;
  }
}

function next(last: Read, delivered: Delivered, snapshot: Snapshot): Baseline {
  const applications: Moves = { gone: [], come: [] };
  const namespaces: Moves = { gone: [], come: [] };
  const shards = new Set([...last.delivered.keys(), ...delivered.keys()]);
  for (const shard of shards) {
    const before = last.delivered.get(shard)?.clusters ?? new Map();
    const after = delivered.get(shard)?.clusters ?? new Map();
    if (before === after) continue;
    for (const cluster of new Set([...before.keys(), ...after.keys()])) {
      const number = snapshot.numberOf(cluster);
      const [one, other] = [before.get(cluster), after.get(cluster)];
      if (number === undefined || one === other) continue;
      const [was, is] = [one?.bill, other?.bill];
      compare(
        applications,
        number,
        was && placedApplications(was),
        is && placedApplications(is),
      );
      compare(namespaces, number, was?.namespaces, is?.namespaces);
    }
  }
  const { renumbering } = snapshot.differenceFrom(last.snapshot);
  for (const number of renumbering.added) {
    const name = snapshot.clusters[number].metadata.name;
    for (const { clusters } of delivered.values()) {
      const bill = clusters.get(name)?.bill;
      if (!bill) continue;
      compare(applications, number, [], placedApplications(bill));
      compare(namespaces, number, [], bill.namespaces);
    }
  }
  return {
    applications: moved(last.baseline.applications, applications, renumbering),
    namespaces: moved(
      last.baseline.namespaces ?? new Map(),
      namespaces,
      renumbering,
    ),
  };
}

function compare(
  { gone, come }: Moves,
  number: number,
  before: readonly Named[] = [],
  after: readonly Named[] = [],
) {
  const same =
    before.length === after.length &&
    before.every(({ name }, index) => after[index].name === name);
  if (same) return;
  for (const { name } of before) gone.push({ name, number });
  for (const { name } of after) come.push({ name, number });
}

function moved(
  had: Sets,
  { gone, come }: Moves,
  renumbering: Renumbering,
): Sets {
  const sets = renumbered(had, renumbering);
  if (gone.length + come.length === 0) return sets;
  const { size } = renumbering;
  const result = new Map(sets);
  const own = new Set<string>();
  const setOf = (name: string): Bitmap => {
    const known = result.get(name);
    if (known && own.has(name)) return known;
    const copy = known?.clone() ?? Bitmap.empty(size);
    own.add(name);
    result.set(name, copy);
    return copy;
  };
  // A cluster can leave one shard and come to another.
  for (const { name, number } of gone) setOf(name).remove(number);
  for (const { name, number } of come) setOf(name).add(number);
  for (const name of own) {
    const set = result.get(name)!;
    const before = sets.get(name);
    if (set.isEmpty()) result.delete(name);
    else if (before?.equals(set)) result.set(name, before);
  }
  return result;
}

/** Without what ran only on clusters that went. */
function renumbered(sets: Sets, renumbering: Renumbering): Sets {
  if (renumbering.isNone) return sets;
  return new Map(
    [...renumbering.map(sets)].filter(([, set]) => !set.isEmpty()),
  );
}
