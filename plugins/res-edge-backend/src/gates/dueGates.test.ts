import { RolloutGate } from '@res-edge/backstage-plugin-res-edge-common';
import { StoredGateReading } from '../database';
import { DueGate, leastLatelyFirst } from './dueGates';

const gateOf = (name: string): RolloutGate => ({
  ...{ name, type: 'health', threshold: '98%' },
});
const due = (rollout: string, name: string): DueGate => ({
  ...{ rollout, application: 'imdb', version: '1.0.0', release: 'd1' },
  ...{ ring: 'beta', clusters: ['a'], gate: gateOf(name) },
});
const read = (
  rollout: string,
  name: string,
  at: string,
): StoredGateReading => ({
  ...{ rollout, ring: 'beta', gate: gateOf(name), state: 'passing', at },
  ...{ message: '', since: at, until: at },
});

it('gates are read in turn, where one pass is too short for all', () => {
  const readings = [
    read('r1', 'slow', '2026-11-25T08:02:00.000Z'),
    read('r1', 'stores', '2026-11-25T08:01:00.000Z'),
    read('r2', 'slow', '2026-11-25T08:00:00.000Z'),
  ];
  const all = [
    due('r1', 'slow'),
    due('r1', 'stores'),
    due('r2', 'slow'),
    due('r2', 'new'),
  ];
  expect(
    leastLatelyFirst(all, readings).map(({ rollout, gate }) => [
      rollout,
      gate.name,
    ]),
  ).toEqual([
    ['r2', 'new'],
    ['r2', 'slow'],
    ['r1', 'stores'],
    ['r1', 'slow'],
  ]);
});
