import { RolloutSimulation } from '@res-edge/backstage-plugin-res-edge-common';

const HOUR = 3_600_000;

/** A simulation of two days, in which beta comes first and prod waits for a person. */
export function simulationSample(application: string): RolloutSimulation {
  const begin = Math.floor(Date.now() / HOUR) * HOUR;
  const at = (hour: number) => new Date(begin + hour * HOUR).toISOString();
  const ring = (name: string, clusters: number, has: number) => ({
    ...{ name, phase: has > 0 ? ('rolling' as const) : ('waiting' as const) },
    versions: [
      { version: '1.4.1', clusters: clusters - has },
      { version: '1.4.2', clusters: has },
    ].filter(each => each.clusters > 0),
    ...{ healthy: has, failed: 0, deferred: 0, unreachable: 0 },
  });
  return {
    ...{ application, version: '1.4.2', phase: 'running', clusters: 18 },
    ...{ from: at(0), until: at(48) },
    waitsFor: "Ring 'prod' waits for a person",
    rings: [
      {
        ...{ name: 'beta', clusters: 6, phase: 'done' },
        ...{ startsAt: at(0), endsAt: at(26), everywhereAt: at(2) },
      },
      { name: 'prod', clusters: 12, phase: 'waiting' },
    ],
    hours: Array.from({ length: 48 }, (_, hour) => ({
      at: at(hour),
      rings: [ring('beta', 6, Math.min(6, 3 * hour)), ring('prod', 12, 0)],
    })),
    moves: [],
  };
}
