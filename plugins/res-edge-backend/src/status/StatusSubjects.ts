import { ServiceUnavailableError } from '@backstage/errors';
import { FleetView } from '../service/FleetView';

/** What reports can be about. @internal */
export interface StatusSubjects {
  hasCluster(cluster: string): boolean;
  /** Whether there is such an application, or was on that cluster. */
  hasApplication(cluster: string, application: string): boolean;
  /** Whether the branch of the cluster has such a revision. */
  hasRevision(cluster: string, application: string, revision: string): boolean;
}

/**
 * The subjects as the latest run read them.
 *
 * @throws ServiceUnavailableError while there was none
 * @internal
 */
export function statusSubjectsOf(view: FleetView | undefined): StatusSubjects {
  if (!view) {
    throw new ServiceUnavailableError(
      'The fleet is being read for the first time; try again in a few seconds',
    );
  }
  const { snapshot, delivered, decisions } = view;
  return {
    hasCluster: cluster =>
      snapshot.numberOf(cluster) !== undefined ||
      delivered.shardOf(cluster) !== undefined,
    hasApplication: (cluster, application) =>
      decisions.applications.has(application) ||
      delivered.hasRevisions(cluster, application),
    hasRevision: delivered.hasRevision,
  };
}
