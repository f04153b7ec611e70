import fc from 'fast-check';
import {
  EdgeClusterEntity,
  EdgeGroupEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { cluster, group } from './build';

/** Changes of clusters and groups: of facts and types, of what is wrong, of names that come and go. */
export const clusterChanges: fc.Arbitrary<EdgeClusterEntity> = fc
  .record({
    name: fc.constantFrom(
      ...['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7'],
      // New ones before, between and after those of the fleets.
      ...['a', 'c1-x', 'c3-x', 'd'],
    ),
    labels: fc.dictionary(
      fc.constantFrom('size', 'grill', 'open', 'fresh'),
      fc.constantFrom('s', 'l', 'acme', 'true'),
    ),
    attributes: fc.dictionary(
      fc.constantFrom('grill', 'lanes', 'open', 'fresh', 'odd'),
      fc.oneof(
        fc.integer({ min: 0, max: 4 }),
        fc.constantFrom<string | boolean | string[]>(
          'acme',
          true,
          ['acme'],
          ['acme', 'other'],
          [],
        ),
      ),
    ),
    groups: fc.subarray(['geo', 'geo.east', 'geo.west', 'beta', 'nowhere']),
    capacity: fc.constantFrom(
      undefined,
      { cpu: '3' },
      { cpu: '5', memory: '4' },
      { cpu: 'much' },
    ),
    state: fc.constantFrom(
      undefined,
      'active' as const,
      'draining' as const,
      'retired' as const,
    ),
    timeZone: fc.constantFrom(undefined, 'America/Chicago', 'Mars/North'),
  })
  .map(({ name, ...facts }) => cluster(name, facts));

export const groupChanges: fc.Arbitrary<EdgeGroupEntity> = fc
  .record({
    name: fc.constantFrom('geo', 'geo.east', 'geo.east.x', 'geo.west', 'more'),
    parent: fc.constantFrom(undefined, 'geo', 'geo.east', 'nowhere'),
    selector: fc.constantFrom(
      undefined,
      { matchLabels: { size: 'l' } },
      { groups: ['beta'] },
      'cluster.attributes.lanes > 1',
      'cluster.labels.exists(k, k == "fresh")',
      { groups: ['unknown'] },
      { include: ['c3', 'c7'] },
    ),
  })
  .map(({ name, parent, selector }) =>
    group(name, parent, selector === undefined ? {} : { selector }),
  );

/** What one step of a snapshot's history changes. */
export const snapshotChanges = fc.record(
  {
    clusters: fc.record(
      {
        upserted: fc.uniqueArray(clusterChanges, {
          maxLength: 3,
          selector: ({ metadata }) => metadata.name,
        }),
        removed: fc.oneof(
          { weight: 2, arbitrary: fc.constant<string[]>([]) },
          fc.subarray(['c0', 'c1', 'c2', 'c3', 'c6', 'c7', 'c9', 'd'], {
            maxLength: 3,
          }),
        ),
      },
      { requiredKeys: [] },
    ),
    groups: fc.record(
      {
        upserted: fc.uniqueArray(groupChanges, {
          maxLength: 1,
          selector: ({ metadata }) => metadata.name,
        }),
        removed: fc.subarray(['more', 'beta'], { maxLength: 1 }),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);
