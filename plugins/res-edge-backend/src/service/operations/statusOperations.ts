import { StatusReportSummary } from '@res-edge/backstage-plugin-res-edge-common';
import { StatusOutcome, toStatusReport } from '../../status';
import {
  getApplicationStatus,
  getClusterStatus,
  getFleetStatus,
} from '../queries';
import { AreaOperations, OperationOptions } from './Operations';
import { pageRequest } from './pageRequest';

const MAX_REFUSED = 100;
const REFUSED: readonly StatusOutcome[] = [
  'unknown-cluster',
  'unknown-application',
  'unknown-revision',
];

/** What clusters report, against what is wanted. @internal */
export function statusOperations({
  status,
}: OperationOptions): AreaOperations<
  | 'getFleetStatus'
  | 'reportStatus'
  | 'getClusterStatus'
  | 'getApplicationStatus'
> {
  return {
    async getFleetStatus({ access }) {
      return getFleetStatus(access.fleet(), status);
    },
    async reportStatus({ body }) {
      // All are read before the first counts: a request that is wrong changes nothing.
      const reports = body.reports.map((report, index) =>
        toStatusReport(report, `reports[${index}]`),
      );
      const summary: StatusReportSummary = { counts: {}, refused: [] };
      reports.forEach((report, index) => {
        const outcome = status.receive(report);
        summary.counts[outcome] = (summary.counts[outcome] ?? 0) + 1;
        if (REFUSED.includes(outcome) && summary.refused.length < MAX_REFUSED)
          summary.refused.push({ index, outcome });
      });
      return summary;
    },
    async getClusterStatus({ path, access }) {
      return getClusterStatus(access.fleet(), status, path.name);
    },
    async getApplicationStatus({ path, query, access }) {
      return getApplicationStatus(
        access.fleet(),
        status,
        path.name,
        query.state,
        pageRequest(query),
      );
    },
  };
}
