import { ApplicationPlan } from '@res-edge/backstage-plugin-res-edge-engine';
import { VisibleFleet } from '../../permissions';

/** How many clusters are a target of the application, and yet do not get it. @internal */
export function countRefused(
  fleet: VisibleFleet,
  { refusals }: ApplicationPlan,
): number {
  return refusals.reduce(
    (sum, { clusters }) => sum + fleet.only(clusters).count(),
    0,
  );
}

/** How many clusters have the application in their bill. @internal */
export function countDelivered(
  fleet: VisibleFleet,
  application: string,
): number {
  const { delivered, snapshot } = fleet.view;
  if (fleet.seesAll('EdgeCluster')) {
    return delivered.applicationClusters(application);
  }
  let count = 0;
  fleet.clusters.forEach(number => {
    const { name } = snapshot.clusters[number].metadata;
    if (delivered.version(name, application) !== undefined) {
      count++;
    }
  });
  return count;
}
