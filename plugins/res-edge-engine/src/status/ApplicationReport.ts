/** How an application is on a cluster, as the cluster says. `removed`: it was taken away. @public */
export type ReportedCondition =
  | 'healthy'
  | 'progressing'
  | 'failed'
  | 'removed';

/** What a cluster last said of an application. @public */
export interface ApplicationReport {
  /** The digest of the application's revision that it is about: what the bill of the cluster names. */
  readonly revision: string;
  readonly condition: ReportedCondition;
  /** By the cluster's clock, in milliseconds; never later than it was received. */
  readonly at: number;
  /** What went wrong. */
  readonly message?: string;
}

/**
 * What clusters reported, as it is known now.
 *
 * @public
 */
export interface FleetReports {
  /** When the cluster was last heard of, in milliseconds; undefined where it never was. */
  heardAt(cluster: string): number | undefined;
  /** What the cluster last said of the application; undefined where it never said anything of it. */
  report(cluster: string, application: string): ApplicationReport | undefined;
}

/**
 * Whether a report takes the place of the one before. What came out of order does not go back: the cluster's own clock
 * says which is newer. Of one second, in which times of events end, what is settled counts more than what is under way.
 *
 * @public
 */
export function isNewerReport(
  report: ApplicationReport,
  before: ApplicationReport | undefined,
): boolean {
  if (!before || report.at !== before.at) {
    return !before || report.at > before.at;
  }
  return (
    report.condition !== 'progressing' || report.revision !== before.revision
  );
}
