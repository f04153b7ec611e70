import {
  EdgeEntity,
  EdgeKind,
  RES_EDGE_API_VERSION,
} from '@res-edge/backstage-plugin-res-edge-common';
import { InventoryRecord } from '../database';
import { registrationAfter, toRegistration } from './Registration';

const record = (
  kind: EdgeKind,
  name: string,
  revision: number,
): InventoryRecord => ({
  entity: {
    apiVersion: RES_EDGE_API_VERSION,
    kind,
    metadata: { name },
    spec: {},
  } as EdgeEntity,
  origin: { type: 'catalog', location: `url:${name}` },
  revision,
  createdAt: '2026-11-26T12:00:00.000Z',
  updatedAt: '2026-11-26T12:00:00.000Z',
  alsoAt: [],
});

describe('registrationAfter', () => {
  it('gives what reading all gives, keeps the entities of the rest, and says what changed', () => {
    const [a, b, c, geo, law] = [
      record('EdgeCluster', 'a', 1),
      record('EdgeCluster', 'b', 1),
      record('EdgeCluster', 'd', 1),
      record('EdgeGroup', 'geo', 1),
      record('EdgePolicy', 'law', 1),
    ];
    const before = toRegistration({
      revision: 1,
      records: [a, b, c, geo, law],
    });
    const [other, added, newLaw] = [
      record('EdgeCluster', 'b', 2),
      record('EdgeCluster', 'c', 2),
      record('EdgePolicy', 'law', 2),
    ];
    const { registration, changes } = registrationAfter(before, {
      revision: 2,
      written: [other, added, newLaw],
      deleted: [
        { kind: 'EdgeCluster', name: 'd' },
        { kind: 'EdgeGroup', name: 'geo' },
      ],
    });
    expect(registration).toEqual(
      toRegistration({ revision: 2, records: [a, other, added, newLaw] }),
    );
    expect([...registration.records.keys()]).toEqual([
      'edgecluster:default/a',
      'edgecluster:default/b',
      'edgecluster:default/c',
      'edgepolicy:default/law',
    ]);
    expect(registration.inventory.clusters[0]).toBe(a.entity);
    expect(changes).toEqual({
      clusters: { upserted: [other.entity, added.entity], removed: ['d'] },
      groups: { upserted: [], removed: ['geo'] },
    });
  });
});
