import {
  EdgePolicyEntity,
  PolicySpec,
  RES_EDGE_API_VERSION,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../../src/bitmap';
import { Decisions } from '../../src/model';
import { RolloutPace, RolloutWorld, startRollout } from '../../src/rollout';
import { Snapshot } from '../../src/snapshot';
import { benchFleet, seeded } from './benchFleet';

/** Three rings, the last one in batches of 500 each ten minutes. */
export const PACE: RolloutPace = {
  rings: [
    { name: 'beta', soak: '2h', atOnce: '100%' },
    { name: 'pilot', soak: '12h', atOnce: '10%', batchDelay: '10m' },
    { name: 'prod', atOnce: 500, batchDelay: '10m' },
  ],
  onFailure: 'stop',
};

const SPECS: Record<string, PolicySpec> = {
  'store-hours': { type: 'window', allow: [{ hours: 'closed' }] },
  'black-friday': {
    type: 'freeze',
    clusters: { groups: ['geo.west'] },
    start: '2026-11-26T00:00',
    end: '2026-11-28T00:00',
    reason: 'Black Friday',
  },
};
const POLICIES = Object.entries(SPECS).map(
  ([name, spec]): [string, EdgePolicyEntity] => [
    name,
    {
      apiVersion: RES_EDGE_API_VERSION,
      kind: 'EdgePolicy',
      metadata: { name },
      spec,
    },
  ],
);

/** The fleet of the benchmarks with operating hours of 200 kinds, all of it bound to windows, and a freeze in a fifth of it. */
export function rolloutFleet(
  clusters: number,
  applications: number,
): { snapshot: Snapshot; decisions: Decisions } {
  const { groups, decisions, ...fleet } = benchFleet(clusters, applications);
  for (const [number, { spec }] of fleet.clusters.entries()) {
    const kind = number % 200;
    const opens = 5 + (kind % 5);
    const closes = 19 + (Math.floor(kind / 5) % 5);
    const late = Math.floor(kind / 25);
    spec.hours = {
      'mon-fri': `0${opens}:00-${closes}:00`,
      'sat-sun': `0${opens}:${late}0-${closes}:30`.replace(/:([6-9])0/, ':0$1'),
    };
  }
  for (const { entity } of decisions.namespaces.values())
    entity.spec.policies = ['store-hours'];
  return {
    snapshot: Snapshot.create({ clusters: fleet.clusters, groups }),
    decisions: {
      ...decisions,
      policies: new Map([...decisions.policies, ...POLICIES]),
    },
  };
}

/** The rings of a fleet: two in a hundred clusters are beta, eight pilot. */
export function ringsOf(size: number): ReadonlyMap<string, Bitmap> {
  const rings = PACE.rings.map(
    ({ name }) => [name, Bitmap.empty(size)] as const,
  );
  const [[, beta], [, pilot], [, prod]] = rings;
  for (let cluster = 0; cluster < size; cluster++) {
    const part = cluster % 100;
    const others = part < 10 ? pilot : prod;
    (part < 2 ? beta : others).add(cluster);
  }
  return new Map(rings);
}

/** A rollout that has come to its last ring, at a random place of it. */
export function worldUnderWay(
  application: string,
  seed: number,
  options: Pick<RolloutWorld, 'clusters' | 'held' | 'openings' | 'now'>,
) {
  const { clusters, held, openings, now } = options;
  const random = seeded(seed);
  const { size } = held;
  const share = random();
  const told = Bitmap.empty(size);
  const sets = { healthy: told.clone(), failed: told.clone() };
  const unreachable = told.clone();
  for (const [name, ring] of clusters) {
    for (const cluster of ring) {
      if (random() < 0.02) unreachable.add(cluster);
      if (name === 'prod' && random() > share) continue;
      told.add(cluster);
      const outcome = random();
      if (outcome < 0.01) sets.failed.add(cluster);
      else if (outcome < 0.99 || name !== 'prod') sets.healthy.add(cluster);
    }
  }
  const reached = new Map(PACE.rings.map(({ name }) => [name, 'new']));
  const started = startRollout({
    ...{ application, release: 'new', version: '2.0.0', now, rings: reached },
  });
  const since = started.since;
  const phases = ['done', 'done', 'rolling'] as const;
  const rollout = {
    ...started,
    rings: started.rings.map((ring, i) => ({
      ...ring,
      ...{ phase: phases[i], since },
    })),
  };
  const world: RolloutWorld = {
    ...{
      now,
      policy: PACE,
      reached,
      clusters,
      delivered: told,
      held,
      openings,
    },
    reported: { ...sets, unreachable },
  };
  return { rollout, world };
}
