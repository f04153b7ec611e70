import { ApplicationReport } from './ApplicationReport';
import { Freshness } from './freshness';

/**
 * What is wanted of an application on a cluster against what is reported. `behind`: the last report is about another
 * revision; `unknown`: nothing was ever reported. Of a cluster that is silent nothing else counts: `stale`, `offline`; nor of one
 * whose first report is `awaited`.
 *
 * @public
 */
export type ApplicationState =
  | 'current'
  | 'progressing'
  | 'awaited'
  | 'failed'
  | 'behind'
  | 'stale'
  | 'offline'
  | 'unknown';

/** All of them, the best first. @public */
export const APPLICATION_STATES: readonly ApplicationState[] = [
  'current',
  'progressing',
  'awaited',
  'failed',
  'behind',
  'stale',
  'offline',
  'unknown',
];

/**
 * The state of an application on a cluster. A report of another revision than the wanted one is never a success.
 *
 * @param wanted - the digest of the revision in the bill of the cluster
 * @public
 */
export function applicationState(
  wanted: string,
  report: ApplicationReport | undefined,
  freshness: Freshness,
): ApplicationState {
  if (freshness !== 'fresh') return freshness;
  if (!report) return 'unknown';
  if (report.revision !== wanted) return 'behind';
  switch (report.condition) {
    case 'healthy':
      return 'current';
    case 'removed':
      return 'behind';
    default:
      return report.condition;
  }
}
