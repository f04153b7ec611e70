import {
  Bill,
  Bitmap,
  DeliveredCluster,
  Snapshot,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { PlannedMain } from './PlannedMain';

type Lines = Bill['applications'];
/** What bills are read from; no more is kept. */
interface Delivered {
  readonly snapshot: Snapshot;
  readonly shards: PlannedMain['main']['shards'];
  readonly delivered: PlannedMain['delivered'];
}

/** The clusters whose bills name an application, by its revision; nothing of it ever changes. @internal */
export type DeliveredRevisions = ReadonlyMap<string, Bitmap>;

/**
 * The bills of the clusters of a plan, by number, for those who ask for many of them: what is read is kept from run to run, and only
 * bills that changed are read again.
 *
 * @internal
 */
export class DeliveredBills {
  private constructor(
    private readonly read: Delivered,
    private readonly applications: ReadonlyMap<string, DeliveredRevisions>,
  ) {}

  /** @param before - those of another plan, to go on from */
  static create(
    { plan, main, delivered }: Pick<PlannedMain, 'plan' | 'main' | 'delivered'>,
    before?: DeliveredBills,
  ): DeliveredBills {
    const [{ snapshot }, { shards }] = [plan, main];
    const next = { snapshot, shards, delivered };
    const goesOn =
      before?.read.snapshot === snapshot && before.read.shards === shards;
    return new DeliveredBills(
      next,
      goesOn ? before.changed(next) : readAll(next),
    );
  }

  /** Undefined where nothing is delivered. */
  of(cluster: number): Bill | undefined {
    return billOf(this.read, cluster);
  }

  /** The text of the values file of a cluster; undefined where nothing is delivered. */
  values(cluster: number): string | undefined {
    return deliveredTo(this.read, cluster)?.values;
  }

  /** What the bills say of an application. */
  revisions(application: string): DeliveredRevisions {
    return this.applications.get(application) ?? new Map();
  }

  private changed(next: Delivered): ReadonlyMap<string, DeliveredRevisions> {
    const { snapshot } = next;
    const changed = new Map<string, Map<string, Bitmap>>();
    const change = (
      line: Lines[number],
      what: (clusters: Bitmap) => void,
    ): void => {
      const { name, revision } = line;
      const known = changed.get(name) ?? new Map<string, Bitmap>();
      changed.set(name, known);
      const clusters =
        known.get(revision) ??
        this.revisions(name).get(revision)?.clone() ??
        Bitmap.empty(snapshot.size);
      known.set(revision, clusters);
      what(clusters);
    };
    for (const name of changedClusters(this.read, next)) {
      const cluster = snapshot.numberOf(name);
      if (cluster === undefined) continue;
      const had = billOf(this.read, cluster)?.applications ?? [];
      const has = billOf(next, cluster)?.applications ?? [];
      const before = new Map(had.map(line => [line.name, line]));
      for (const line of has) {
        const other = before.get(line.name);
        before.delete(line.name);
        if (other?.revision === line.revision) continue;
        if (other) change(other, clusters => clusters.remove(cluster));
        change(line, clusters => clusters.add(cluster));
      }
      for (const line of before.values())
        change(line, clusters => clusters.remove(cluster));
    }
    const applications = new Map(this.applications);
    for (const [name, revisions] of changed) {
      const all = new Map([...this.revisions(name), ...revisions]);
      for (const [revision, clusters] of revisions)
        if (clusters.isEmpty()) all.delete(revision);
      applications.set(name, all);
    }
    return applications;
  }
}

function billOf(read: Delivered, cluster: number): Bill | undefined {
  return deliveredTo(read, cluster)?.bill;
}

function deliveredTo(
  { snapshot, shards, delivered }: Delivered,
  cluster: number,
): DeliveredCluster | undefined {
  const { name } = snapshot.clusters[cluster].metadata;
  const shard = delivered.get(shards.get(name) ?? '');
  return shard?.clusters.get(name);
}

/** Clusters that are told to run the same share their lines: few lists are looked through, however many clusters. */
function readAll(read: Delivered): ReadonlyMap<string, DeliveredRevisions> {
  const { size } = read.snapshot;
  const clustersOf = new Map<Lines, number[]>();
  for (let cluster = 0; cluster < size; cluster++) {
    const lines = billOf(read, cluster)?.applications;
    if (!lines) continue;
    const known = clustersOf.get(lines);
    if (known) known.push(cluster);
    else clustersOf.set(lines, [cluster]);
  }
  const applications = new Map<string, Map<string, Bitmap>>();
  for (const [lines, clusters] of clustersOf) {
    for (const { name, revision } of lines) {
      const revisions = applications.get(name) ?? new Map<string, Bitmap>();
      applications.set(name, revisions);
      const set = revisions.get(revision) ?? Bitmap.empty(size);
      revisions.set(revision, set);
      for (const cluster of clusters) set.add(cluster);
    }
  }
  return applications;
}

/** The names of those whose bill is another object: what does not change stays the very one. */
function* changedClusters(
  before: Delivered,
  after: Delivered,
): Generator<string> {
  const none: ReadonlyMap<string, DeliveredCluster> = new Map();
  const shards = [...before.delivered.keys(), ...after.delivered.keys()];
  for (const shard of new Set(shards)) {
    const had = before.delivered.get(shard)?.clusters ?? none;
    const has = after.delivered.get(shard)?.clusters ?? none;
    if (had === has) continue;
    for (const [name, cluster] of has)
      if (had.get(name) !== cluster) yield name;
    for (const name of had.keys()) if (!has.has(name)) yield name;
  }
}
