import {
  applicationState,
  Bitmap,
  Snapshot,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { NumberedReports } from '../../status';
import { RolloutReports } from '../createRolloutWorld';

/** What reports say by the numbers of a snapshot, asked cluster by cluster. */
export function numberedBy(
  reports: Pick<RolloutReports, 'freshness' | 'report'>,
  snapshot: Snapshot,
): NumberedReports {
  const nameOf = (number: number) => snapshot.clusters[number].metadata.name;
  const where = (among: Iterable<number>, test: (number: number) => boolean) =>
    Bitmap.of(snapshot.size, [...among].filter(test));
  return {
    unreachable: where(
      Bitmap.full(snapshot.size),
      number => reports.freshness(nameOf(number)) !== 'fresh',
    ),
    of(application, told, clusters) {
      const isIn = (state: 'current' | 'failed') => (number: number) => {
        const name = nameOf(number);
        const [revision] =
          [...told].find(([, having]) => having.has(number)) ?? [];
        const report = reports.report(name, application);
        const freshness = reports.freshness(name);
        return (
          revision !== undefined &&
          applicationState(revision, report, freshness) === state
        );
      };
      return {
        healthy: where(clusters, isIn('current')),
        failed: where(clusters, isIn('failed')),
      };
    },
  };
}
