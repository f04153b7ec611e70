import { StatusReportSummary } from '@res-edge/backstage-plugin-res-edge-common';
import { ChangeEtas } from '../ChangeEtas';
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
export function statusOperations(
  options: OperationOptions,
): AreaOperations<
  | 'getFleetStatus'
  | 'reportStatus'
  | 'getClusterStatus'
  | 'getApplicationStatus'
> {
  const { status } = options;
  const etas = ChangeEtas.create(options);
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
    async getClusterStatus({ path: { name }, access }) {
      const fleet = access.fleet();
      const found = getClusterStatus(fleet, status, name);
      return {
        ...found,
        applications: await etas.add(fleet, name, found.applications),
      };
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
