import {
  Bitmap,
  FreshnessLimits,
  freshnessOf,
  Snapshot,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { StatusTable } from './StatusTable';

/** The clusters that are told to run a revision of an application, by the revision; nothing of it ever changes. @internal */
export type ToldRevisions = ReadonlyMap<string, Bitmap>;

/** Who reports the very revision that he is told to run, and how it is. */
interface ReportedStates {
  readonly healthy: Bitmap;
  readonly failed: Bitmap;
}

/** What clusters report, by the numbers of a snapshot: for those who ask for many. @internal */
export interface NumberedReports {
  /** Of these nothing counts: they are silent for too long, or were never heard of. */
  readonly unreachable: Bitmap;
  /** Of these clusters those that report the very revision that they are told to run as healthy, and as failed. */
  of(
    application: string,
    told: ToldRevisions,
    clusters: Bitmap,
  ): ReportedStates;
}

/** What was read, and what from. */
interface KnownStates extends ReportedStates {
  readonly version: number;
  readonly slots: Int32Array;
}

/**
 * Reads the reports of a table by the numbers of snapshots. What was read of an application is kept until something is reported of
 * it, or clusters are told something else.
 *
 * @internal
 */
export class ReportReader {
  readonly #known = new WeakMap<ToldRevisions, KnownStates>();

  private constructor(private readonly table: StatusTable) {}

  static create(table: StatusTable): ReportReader {
    return new ReportReader(table);
  }

  /** Who is unreachable is as of now; what is reported as of when it is asked for. */
  read(
    snapshot: Snapshot,
    now: number,
    limits: FreshnessLimits,
  ): NumberedReports {
    const unreachable = Bitmap.empty(snapshot.size);
    this.table.slotsOf(snapshot).forEach((slot, cluster) => {
      if (freshnessOf(this.table.heardIn(slot), now, limits) !== 'fresh')
        unreachable.add(cluster);
    });
    return {
      unreachable,
      of: (application, told, clusters) => {
        const { healthy, failed } = this.states(snapshot, application, told);
        const among = clusters.clone().andNot(unreachable);
        return {
          healthy: among.clone().and(healthy),
          failed: among.and(failed),
        };
      },
    };
  }

  private states(
    snapshot: Snapshot,
    application: string,
    told: ToldRevisions,
  ): ReportedStates {
    const slots = this.table.slotsOf(snapshot);
    const column = this.table.column(application);
    const version = column?.version ?? -1;
    const known = this.#known.get(told);
    if (known?.slots === slots && known.version === version) return known;
    const healthy = Bitmap.empty(snapshot.size);
    const failed = Bitmap.empty(snapshot.size);
    const found = { healthy, failed, slots, version };
    this.#known.set(told, found);
    if (!column) return found;
    for (const [revision, clusters] of told) {
      const number = column.numberOf(revision);
      if (number === undefined) continue;
      clusters.forEach(cluster => {
        const slot = slots[cluster];
        if (slot < 0 || column.revisionAt(slot) !== number) return;
        if (column.isHealthy(slot)) healthy.add(cluster);
        else if (column.isFailed(slot)) failed.add(cluster);
      });
    }
    return found;
  }
}
