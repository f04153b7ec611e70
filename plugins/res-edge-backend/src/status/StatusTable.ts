import {
  ApplicationReport,
  FleetReports,
  isNewerReport,
  Snapshot,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { ClusterReports, Heartbeat } from '../database';
import { ReportColumn, RevisionNames } from './ReportColumn';

interface Heard {
  heardAt: number;
  clockAt: number;
}

/**
 * What all clusters reported last, in memory. It is as large as the fleet, however much is reported: a slot for each
 * cluster, a column for each application.
 *
 * @internal
 */
export class StatusTable implements FleetReports {
  readonly #slots = new Map<string, number>();
  /** By slot; undefined where the cluster was forgotten. */
  readonly #heard: (Heard | undefined)[] = [];
  readonly #free: number[] = [];
  readonly #columns = new Map<string, ReportColumn>();
  readonly #revisions = new RevisionNames();
  #version = 0;
  #numbered?: { snapshot: Snapshot; slots: Int32Array };

  /** Another one whenever something else was reported; heartbeats do not count. */
  get version(): number {
    return this.#version;
  }

  /** Whether any cluster is known. */
  get isHeard(): boolean {
    return this.#slots.size > 0;
  }

  heardAt(cluster: string): number | undefined {
    return this.heard(cluster)?.heardAt;
  }

  report(cluster: string, application: string): ApplicationReport | undefined {
    const slot = this.#slots.get(cluster);
    return slot === undefined
      ? undefined
      : this.#columns.get(application)?.get(slot);
  }

  /** The slot of each cluster of a snapshot, for those who ask for many; -1 where it was never heard of. Right until clusters come or go. */
  slotsOf(snapshot: Snapshot): Int32Array {
    if (this.#numbered?.snapshot !== snapshot) {
      const slots = Int32Array.from(
        snapshot.clusters,
        ({ metadata }) => this.#slots.get(metadata.name) ?? -1,
      );
      this.#numbered = { snapshot, slots };
    }
    return this.#numbered.slots;
  }

  /** When the cluster in a slot was heard of. */
  heardIn(slot: number): number | undefined {
    return this.#heard[slot]?.heardAt;
  }

  /** What all clusters report of an application, by slot. */
  column(application: string): ReportColumn | undefined {
    return this.#columns.get(application);
  }

  /** Remembers that a cluster is there. */
  hear({ cluster, heardAt, clockAt }: Heartbeat): void {
    const heard = this.heard(cluster);
    if (heard) {
      heard.heardAt = Math.max(heard.heardAt, heardAt);
      heard.clockAt = Math.max(heard.clockAt, clockAt);
      return;
    }
    this.#numbered = undefined;
    const slot = this.#free.pop() ?? this.#heard.length;
    this.#slots.set(cluster, slot);
    this.#heard[slot] = { heardAt, clockAt };
  }

  /** The newest time that the clock of the cluster showed. */
  clockAt(cluster: string): number | undefined {
    return this.heard(cluster)?.clockAt;
  }

  /** How many revisions are known; the measure of what else could grow. */
  get revisions(): number {
    return this.#revisions.size;
  }

  /** Takes a report over, unless a newer one is known. Its cluster was heard of. */
  put(
    cluster: string,
    application: string,
    report: ApplicationReport,
  ): 'recorded' | 'unchanged' | 'outdated' {
    const slot = this.#slots.get(cluster)!;
    let column = this.#columns.get(application);
    const before = column?.get(slot);
    if (!isNewerReport(report, before)) return 'outdated';
    if (column && before && saysTheSame(before, report)) {
      column.set(slot, report);
      return 'unchanged';
    }
    if (!column) {
      column = new ReportColumn(this.#revisions);
      this.#columns.set(application, column);
    }
    column.set(slot, report);
    this.#version++;
    return 'recorded';
  }

  /** All that a cluster reported last, by application. */
  reportsOf(cluster: string): ClusterReports {
    const slot = this.#slots.get(cluster);
    const reports = new Map<string, ApplicationReport>();
    if (slot !== undefined) {
      for (const [application, column] of this.#columns) {
        const report = column.get(slot);
        if (report) reports.set(application, report);
      }
    }
    return { cluster, reports };
  }

  forget(cluster: string): void {
    const slot = this.#slots.get(cluster);
    if (slot === undefined) return;
    this.#numbered = undefined;
    for (const column of this.#columns.values()) column.delete(slot);
    this.#slots.delete(cluster);
    this.#heard[slot] = undefined;
    this.#free.push(slot);
    this.#version++;
  }

  private heard(cluster: string): Heard | undefined {
    return this.#heard[this.#slots.get(cluster) ?? -1];
  }
}

/** The time alone is no news: it would make each cluster a row to write each time it reconciles. */
function saysTheSame(one: ApplicationReport, other: ApplicationReport) {
  return (
    one.revision === other.revision &&
    one.condition === other.condition &&
    one.message === other.message
  );
}
