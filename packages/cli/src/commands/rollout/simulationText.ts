import { RolloutSimulation } from '@res-edge/backstage-plugin-res-edge-common';
import { printable, table } from '../../terminal/table';

/** A rollout that was played: its rings, and how many clusters of each are told to run it, when that changes. @internal */
export function simulationText(simulation: RolloutSimulation): string {
  const { application, version, from, until, phase, rings } = simulation;
  const { everywhereAt, waitsFor } = simulation;
  const lines = [
    `${application} ${version} from ${from}: ${phase}, played until ${until}`,
    everywhereAt === undefined
      ? 'It does not come to all clusters'
      : `On all clusters at ${everywhereAt}`,
    ...(waitsFor === undefined ? [] : [waitsFor]),
  ];
  const ringRows = rings.map(ring => [
    ...[ring.name, ring.clusters, ring.phase, ring.startsAt ?? '-'],
    ...[ring.endsAt ?? '-', ring.everywhereAt ?? '-'],
  ]);
  const header = ['RING', 'CLUSTERS', 'PHASE', 'STARTS', 'ENDS', 'EVERYWHERE'];
  return [
    `${lines.map(printable).join('\n')}\n`,
    table(header, ringRows),
    table(
      ['AT', ...rings.map(({ name }) => name), 'DEFERRED', 'FAILED'],
      changingRows(simulation),
    ),
  ].join('\n');
}

/** Hours that stand as the one before say nothing new. */
function changingRows({ hours, version }: RolloutSimulation) {
  let last = '';
  return hours.flatMap(({ at, rings }) => {
    const sum = (field: 'deferred' | 'failed') =>
      rings.reduce((all, ring) => all + ring[field], 0);
    const cells = [
      ...rings.map(
        ({ versions }) =>
          versions.find(each => each.version === version)?.clusters ?? 0,
      ),
      ...[sum('deferred'), sum('failed')],
    ];
    const text = cells.join();
    if (text === last) return [];
    last = text;
    return [[at, ...cells]];
  });
}
