import fc from 'fast-check';
import { cluster } from '../../__testUtils__/build';
import { DeliveredCluster, DeliveredShard } from '../../model';
import { Snapshot } from '../../snapshot';
import { BaselineReader } from './BaselineReader';
import { baselineOf } from './baselineOf';

const CLUSTERS = ['c0', 'c1', 'c2', 'c3', 'c4'];
const SHARDS = ['s0', 's1'];
const NAMES = ['a', 'b', 'c'];

/** For each cluster: its shard if any, and what runs there. */
const fleet = fc.array(
  fc.record({
    shard: fc.option(fc.constantFrom(...SHARDS)),
    applications: fc.subarray(NAMES),
    moving: fc.option(fc.constantFrom(...NAMES), { nil: undefined }),
    namespaces: fc.subarray(NAMES),
    registered: fc.oneof(
      { weight: 9, arbitrary: fc.constant(true) },
      fc.boolean(),
    ),
  }),
  { minLength: CLUSTERS.length, maxLength: CLUSTERS.length },
);

function entries(names: readonly string[]) {
  return names.map(name => ({ name, revision: '0a1b2c' }));
}

function moving(name: string) {
  return [{ name, from: 'a', arrivesAfter: '2026-01-01T00:00Z' }];
}

describe('BaselineReader', () => {
  it('gives what baselineOf gives, whatever changed', () => {
    fc.assert(
      fc.property(fc.array(fleet, { maxLength: 6 }), states => {
        const reader = BaselineReader.create();
        const known = new Map<string, DeliveredCluster>();
        for (const state of states) {
          const delivered = new Map<string, DeliveredShard>();
          for (const shard of SHARDS) {
            const clusters = new Map<string, DeliveredCluster>();
            state.forEach((facts, index) => {
              if (facts.shard !== shard) return;
              const name = CLUSTERS[index];
              const key = JSON.stringify([name, facts]);
              const bill = {
                cluster: name,
                applications: entries(facts.applications),
                namespaces: entries(facts.namespaces),
                ...(facts.moving && { moving: moving(facts.moving) }),
                groups: [],
                components: [],
              };
              const texts = { billHash: '', valuesHash: '', values: '' };
              const one = known.get(key) ?? { bill, ...texts };
              known.set(key, one);
              clusters.set(name, one);
            });
            delivered.set(shard, { shard, revisions: new Set(), clusters });
          }
          const snapshot = Snapshot.create({
            groups: [],
            clusters: CLUSTERS.filter(
              (_, index) => state[index].registered,
            ).map(name => cluster(name)),
          });
          expect(reader.read(delivered, snapshot)).toEqual(
            baselineOf(delivered, snapshot),
          );
          const { applications } = reader.read(delivered, snapshot);
          const again = reader.read(new Map(delivered), snapshot);
          for (const [name, set] of again.applications) {
            expect(set).toBe(applications.get(name));
          }
        }
      }),
    );
  });
});
