import {
  GateMeasurement,
  RolloutGate,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ConflictError } from '@backstage/errors';
import fs from 'node:fs';
import path from 'node:path';
import { Bitmap } from '../bitmap';
import { advanceRollout } from './advanceRollout';
import { commandRollout } from './commandRollout';
import { ringSets } from './ringSets';
import { rolloutBatch } from './rolloutBatch';
import { RING_MOVES, ROLLOUT_MOVES } from './rolloutMoves';
import { GateReading, judgeMeasurement } from './GateReading';
import { RolloutPace } from './RolloutPace';
import { RolloutWorld } from './RolloutWorld';
import { startRollout } from './startRollout';

const NOW = new Date('2026-11-24T10:00:00Z');
const LATER = new Date('2026-11-25T10:00:00Z');
const policy: RolloutPace = {
  rings: [
    { name: 'beta', atOnce: 2, success: '50%', failure: 1, soak: '24h' },
    { name: 'prod', approval: true },
  ],
};
const set = (...numbers: number[]) => Bitmap.of(8, numbers);
const reached = new Map([
  ['beta', 'new'],
  ['prod', 'old'],
]);
const begun = startRollout({
  application: 'imdb',
  release: 'new',
  version: '2.0.0',
  rings: reached,
  before: new Map([['beta', 'old']]),
  now: NOW,
});
/** Four clusters of beta, four of prod. */
const world = (change: Partial<RolloutWorld> = {}): RolloutWorld => ({
  now: NOW,
  policy,
  reached,
  clusters: new Map([
    ['beta', set(0, 1, 2, 3)],
    ['prod', set(4, 5, 6, 7)],
  ]),
  delivered: set(),
  held: set(),
  openings: () => [],
  reported: { healthy: set(), failed: set(), unreachable: set() },
  ...change,
});
const reports = (change: Partial<NonNullable<RolloutWorld['reported']>>) => ({
  reported: { healthy: set(), failed: set(), unreachable: set(), ...change },
});
const rolling = advanceRollout(begun, world()).rollout;
const phases = ({ rings, phase }: typeof begun) => [
  phase,
  ...rings.map(ring => ring.phase),
];

describe('a rollout', () => {
  it('begins in the first ring, and soaks once enough clusters are healthy', () => {
    expect(phases(rolling)).toEqual(['running', 'rolling', 'waiting']);
    const half = world({
      delivered: set(0, 1),
      ...reports({ healthy: set(0, 1) }),
    });
    const { rollout, moves } = advanceRollout(rolling, half);
    expect(phases(rollout)).toEqual(['running', 'soaking', 'waiting']);
    expect(moves).toEqual([
      {
        at: NOW.toISOString(),
        ring: 'beta',
        from: 'rolling',
        to: 'soaking',
        cause: '2 of 4 clusters are healthy; 2 have to be',
      },
    ]);
  });

  it('asks a person before the next ring, where the policy says so', () => {
    const well = {
      delivered: set(0, 1, 2),
      ...reports({ healthy: set(0, 1, 2) }),
    };
    const soaking = advanceRollout(rolling, world(well)).rollout;
    const soaked = world({ ...well, now: LATER });
    const done = advanceRollout(soaking, soaked);
    expect(phases(done.rollout)).toEqual(['running', 'done', 'waiting']);
    expect(done.wishes).toEqual([
      { ring: 'prod', release: 'new', approval: true },
    ]);
    const request = { command: 'promote', actor: 'user:default/ann' } as const;
    const agreed = commandRollout(done.rollout, request, LATER).rollout;
    expect(advanceRollout(agreed, soaked).wishes).toEqual([
      { ring: 'prod', release: 'new', approval: false },
    ]);
  });

  it('a report about an older revision, a store that is closed, and one that is offline count neither way (demands 10, 13)', () => {
    const sets = ringSets(
      world({
        // Cluster 1 reports about what it had before.
        delivered: set(0, 1),
        held: set(2),
        ...reports({ healthy: set(0, 2), unreachable: set(3) }),
      }),
      'beta',
    );
    // Cluster 2 is healthy, yet with what it had before.
    expect(
      Object.fromEntries(
        Object.entries(sets).map(([name, clusters]) => [name, [...clusters]]),
      ),
    ).toEqual({
      clusters: [0, 1, 2, 3],
      // All but cluster 3, which is offline.
      reachable: [0, 1, 2],
      delivered: [0, 1],
      healthy: [0],
      failed: [],
      pending: [1],
      closed: [],
      deferred: [2],
      undeliverable: [],
      waiting: [],
    });
  });

  it('changes no more at once than it may, and leaves places to those that are open', () => {
    const first = rolloutBatch(rolling, world({ held: set(0) }));
    // Cluster 0 is closed: 1 and 2 have their turn.
    expect([...first.held]).toEqual([0, 3]);
    expect(first.rollout.rings[0].lastBatch).toBe(NOW.toISOString());
    const busy = world({
      delivered: set(1, 2),
      ...reports({ healthy: set(1) }),
    });
    expect([...rolloutBatch(first.rollout, busy).held]).toEqual([3]);
  });

  it.each([
    ['stop', 'stopped', [], [2, 3]],
    [
      'rollBack',
      'rolling-back',
      [{ ring: 'beta', release: 'old', approval: false }],
      [],
    ],
  ] as const)(
    'more failures than may be: %s, and what did not change yet does not any more',
    (onFailure, phase, wanted, waiting) => {
      const failing = world({
        policy: { ...policy, onFailure },
        delivered: set(0, 1),
        ...reports({ failed: set(0, 1) }),
      });
      const { rollout, moves, wishes } = advanceRollout(rolling, failing);
      expect(rollout.phase).toBe(phase);
      expect(moves.at(-1)!.cause).toBe(
        "2 clusters of ring 'beta' have failed; 1 may",
      );
      expect(wishes).toEqual(wanted);
      expect([...rolloutBatch(rollout, failing).held]).toEqual(waiting);
    },
  );

  describe('with a gate', () => {
    const gate = {
      ...{ name: 'errors', type: 'prometheus', server: 'fleet', query: 'up' },
      ...{ operator: '<=' as const, threshold: 1, for: '2h', timeout: '1h' },
    };
    const gated = (change: object = {}): RolloutPace => ({
      rings: [{ ...policy.rings[0], gates: [{ ...gate, ...change }] }],
    });
    const at = (hours: number) =>
      new Date(LATER.getTime() + hours * 60 * 60_000);
    /** Soaked at `LATER`, by clusters that are well, with a gate that was read at that hour. */
    const later = (
      hours: number,
      reading: Partial<GateReading> | undefined,
      change: object = {},
    ) =>
      world({
        ...{ now: at(hours), policy: gated(change), delivered: set(0, 1, 2) },
        ...reports({ healthy: set(0, 1, 2) }),
        gate: () =>
          reading && {
            ...{ state: 'passing', message: '0 is <= 1' },
            ...{ since: NOW.toISOString(), at: at(hours).toISOString() },
            ...reading,
          },
      });
    const soaking = advanceRollout(rolling, later(-24, undefined)).rollout;
    const phaseAfter = (worldThen: RolloutWorld) =>
      phases(advanceRollout(soaking, worldThen).rollout);

    it.each<[string, Partial<GateReading> | undefined, object, string]>([
      ['nothing was read', undefined, {}, 'soaking'],
      ['it passes, as long as it has to', {}, {}, 'done'],
      [
        'it passes for a shorter time',
        { since: at(-1).toISOString() },
        {},
        'soaking',
      ],
      [
        'it was read before the ring soaked',
        { at: at(-25).toISOString() },
        {},
        'soaking',
      ],
      ['there is no data', { state: 'no-data' }, {}, 'soaking'],
      [
        'no data is as good as passing',
        { state: 'no-data' },
        { onNoData: 'pass' },
        'done',
      ],
      [
        'it fails, and may for longer',
        { state: 'failing', since: at(-0.5).toISOString() },
        {},
        'soaking',
      ],
      [
        'it fails, and may for ever',
        { state: 'failing' },
        { timeout: undefined },
        'soaking',
      ],
    ])('where %s', (_, reading, change, phase) => {
      expect(phaseAfter(later(0, reading, change))).toEqual([
        phase === 'done' ? 'done' : 'running',
        phase,
      ]);
    });

    it('stops where it fails too long, and gives it its time again once a person resumes', () => {
      const failing = later(0, { state: 'failing', message: '2 is not <= 1' });
      const { rollout, moves } = advanceRollout(soaking, failing);
      expect(rollout.phase).toBe('stopped');
      expect(moves.at(-1)!.cause).toBe(
        `Gate 'errors' of ring 'beta' fails since ${NOW.toISOString()}; it may for 1h: 2 is not <= 1`,
      );
      const resume = { command: 'resume', actor: 'user:default/ann' } as const;
      const resumed = commandRollout(rollout, resume, at(0)).rollout;
      expect(advanceRollout(resumed, failing).rollout.phase).toBe('running');
      const still = later(1, { state: 'failing' });
      expect(advanceRollout(resumed, still).rollout.phase).toBe('stopped');
    });

    it('takes no data for a failure, where the gate says so', () => {
      const silent = later(0, { state: 'no-data' }, { onNoData: 'fail' });
      expect(phaseAfter(silent)[0]).toBe('stopped');
    });

    it('asks nothing of a ring without a cluster', () => {
      const empty = {
        ...later(0, { state: 'failing' }),
        clusters: new Map([['beta', set()]]),
      };
      expect(phaseAfter(empty)).toEqual(['done', 'done']);
    });

    it.each<[GateMeasurement, object, string, string]>([
      [{ value: 0.5 }, {}, 'passing', '0.5 is <= 1'],
      [{ value: 2, message: 'Errors' }, {}, 'failing', 'Errors; 2 is not <= 1'],
      [{ value: NaN }, {}, 'no-data', 'There is no value'],
      [{ result: 'pass' }, {}, 'no-data', 'There is no value'],
      [
        { result: 'pass', value: 7 },
        { threshold: undefined },
        'passing',
        'The answer is pass',
      ],
      [{}, { threshold: undefined }, 'no-data', 'The answer is no-data'],
      [
        { value: 97.5 },
        { type: 'health', operator: undefined, threshold: '98%' },
        'failing',
        '97.5 is not >= 98',
      ],
    ])('reads %j', (measurement, change, state, message) => {
      expect(
        judgeMeasurement({ ...gate, ...change } as RolloutGate, measurement),
      ).toMatchObject({ state, message });
    });
  });

  it('counts what is delivered where nobody reports, and says so', () => {
    const silent = world({ delivered: set(0, 1), reported: undefined });
    expect(advanceRollout(rolling, silent).moves[0].cause).toMatch(
      /^2 of 4 clusters are told to run it, and none reports its health/,
    );
  });

  it('is overtaken by a newer release in the first ring, and ends where a person puts another into a later one', () => {
    const newer = new Map(reached).set('beta', 'newest');
    const overtaken = advanceRollout(rolling, world({ reached: newer }));
    expect(overtaken.rollout.phase).toBe('overtaken');
    const prod = new Map(reached).set('prod', 'new');
    const both = advanceRollout(rolling, world({ reached: prod })).rollout;
    expect(phases(both)).toEqual(['running', 'rolling', 'rolling']);
    expect(advanceRollout(both, world()).rollout.phase).toBe('aborted');
  });

  it('follows a policy that changes on the way', () => {
    const rings = [policy.rings[0], { name: 'pilot' }, policy.rings[1]];
    const more = world({
      policy: { rings },
      reached: new Map([...reached, ['pilot', 'old']]),
    });
    const { rollout } = advanceRollout(rolling, more);
    expect(rollout.rings.map(ring => [ring.name, ring.phase])).toEqual([
      ['beta', 'rolling'],
      ['pilot', 'waiting'],
      ['prod', 'waiting'],
    ]);
  });

  it('moves as docs/rollouts.md says', () => {
    const text = fs.readFileSync(
      path.resolve(__dirname, '../../../../docs/rollouts.md'),
      'utf8',
    );
    const rows = text
      .split('\n')
      .filter(line => line.startsWith('| '))
      .map(line => line.split('|').map(cell => cell.trim()));
    for (const { from, to, when } of [...RING_MOVES, ...ROLLOUT_MOVES])
      expect(rows).toContainEqual(['', from, to, when, '']);
  });

  it.each([
    ['resume', undefined, 'cannot be asked to resume'],
    ['skip', 'beta', "Ring 'beta' is rolling"],
    ['promote', 'nowhere', "No ring 'nowhere' waits"],
  ] as const)('refuses to %s %s', (command, ring, message) => {
    const actor = 'user:default/ann';
    const ask = () => commandRollout(rolling, { command, ring, actor }, NOW);
    expect(ask).toThrow(ConflictError);
    expect(ask).toThrow(message);
  });
});
