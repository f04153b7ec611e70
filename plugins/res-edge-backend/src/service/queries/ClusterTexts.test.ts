import { Snapshot } from '@res-edge/backstage-plugin-res-edge-engine';
import fc from 'fast-check';
import { ClusterTexts } from './ClusterTexts';
import { searchTextOf } from './FleetIndex';

const labels = fc.dictionary(
  fc.constantFrom('a', 'ab', 'b'),
  fc.constantFrom('', 'a', 'b', 'Ab', 'É', 'x'),
);

describe('ClusterTexts', () => {
  it('finds what a look at each cluster finds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ labels, title: fc.constantFrom('A b', 'ba') })),
        fc.constantFrom('a', 'b', 'ab', 'a=', '=', 'é', 'c0', '0', '1', 'zz'),
        (clusters, word) => {
          const snapshot = Snapshot.create({
            clusters: clusters.map((metadata, number) => ({
              apiVersion: 'res-edge.io/v1alpha1',
              kind: 'EdgeCluster',
              metadata: { name: `c${number}`, ...metadata },
              spec: {},
            })),
            groups: [],
          });
          expect([...ClusterTexts.of(snapshot).matching(word)]).toEqual(
            snapshot.clusters.flatMap((cluster, number) =>
              searchTextOf(cluster).includes(word) ? [number] : [],
            ),
          );
        },
      ),
    );
  });
});
