import {
  EdgeClusterEntity,
  WindowSpec,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { Window } from '../calendar';
import { Snapshot } from '../snapshot';
import { countOpenClusters } from './countOpenClusters';

const cluster = (
  name: string,
  spec: EdgeClusterEntity['spec'],
): EdgeClusterEntity => ({
  apiVersion: 'res-edge.io/v1alpha1',
  kind: 'EdgeCluster',
  metadata: { name },
  spec,
});
const hours = { 'mon-sun': '06:00-23:00' };
const snapshot = Snapshot.create({
  clusters: [
    cluster('a', { timeZone: 'America/Chicago', hours }),
    cluster('b', { timeZone: 'America/New_York', hours }),
    cluster('c', { timeZone: 'America/New_York', hours }),
    cluster('india', { timeZone: 'Asia/Kolkata', hours }),
  ],
  groups: [],
});
/** Of 24 November 2026 from midnight in UTC. */
const openIn = (spec: Omit<WindowSpec, 'type'>, ...clusters: number[]) =>
  countOpenClusters(
    Window.create({ type: 'window', ...spec }),
    { snapshot, clusters: Bitmap.of(4, clusters) },
    { from: Date.parse('2026-11-24T00:00Z'), count: 24 },
  );
const only = (counts: Record<number, number>) =>
  Array.from({ length: 24 }, (_, hour) => counts[hour] ?? 0);

describe('countOpenClusters', () => {
  it('follows the clocks of the clusters', () => {
    // Closed from 23:00 to 06:00: in New York from 4 to 11, in Chicago from 5 to 12.
    expect(openIn({ allow: [{ hours: 'closed' }] }, 0, 1, 2)).toEqual(
      only({ 4: 2, 5: 3, 6: 3, 7: 3, 8: 3, 9: 3, 10: 3, 11: 1 }),
    );
  });

  it('counts an hour in which the minimum can begin, and none in which only the rest of an opening is left', () => {
    const allow = [{ cron: '0 2 * * *', duration: '2h' }];
    expect(openIn({ allow }, 0)).toEqual(only({ 8: 1, 9: 1 }));
    expect(openIn({ allow, minimum: '90m' }, 0)).toEqual(only({ 8: 1 }));
    expect(openIn({ allow, minimum: '3h' }, 0)).toEqual(only({}));
    // 2:00 there is 20:30 of the day before in UTC.
    expect(openIn({ allow, minimum: '1h45m' }, 3)).toEqual(only({ 20: 1 }));
  });

  it('counts only those that are asked for', () => {
    expect(openIn({})).toEqual(only({}));
    expect(openIn({}, 1, 3)).toEqual(Array(24).fill(2));
  });
});
