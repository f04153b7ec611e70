import {
  EdgePolicyEntity,
  PolicySpec,
  RES_EDGE_API_VERSION,
} from '@res-edge/backstage-plugin-res-edge-common';
import fc from 'fast-check';
import {
  application,
  cluster,
  decisions,
  namespace,
} from '../__testUtils__/build';
import { Snapshot } from '../snapshot';
import { HoldSchedule } from './HoldSchedule';
import { HoldSubject } from './HoldRule';
import { valuesClock } from './valuesClock';

const HOUR = 60 * 60_000;
const START = Date.UTC(2026, 10, 20);
const HOURS = 24;
const CLUSTERS = ['austin', 'boston', 'chicago'];
const APPLICATIONS = { pos: 'shop', till: 'shop', kiosk: 'hall' };
const snapshot = Snapshot.create({
  clusters: [
    ...CLUSTERS.map(name => cluster(name, { timeZone: 'America/Chicago' })),
    cluster('denver', { timeZone: 'America/Denver', state: 'provisioning' }),
    cluster('elgin', { timeZone: 'America/Chicago', state: 'draining' }),
  ],
  groups: [],
});

const at = (hours: number) => new Date(START + hours * HOUR).toISOString();
const spans = fc
  .tuple(fc.nat(60), fc.integer({ min: 1, max: 40 }))
  .map(([from, hours]) => ({ start: at(from), end: at(from + hours) }));
const selectors = fc.option(
  fc
    .subarray(Object.keys(APPLICATIONS), { minLength: 1 })
    .map(names => ({ names })),
  { nil: undefined },
);
const clusters = fc
  .subarray(CLUSTERS, { minLength: 1 })
  .map(include => ({ include }));

const windows = fc.tuple(fc.nat(23), fc.integer({ min: 1, max: 12 })).map(
  ([from, hours]): PolicySpec => ({
    type: 'window',
    allow: [{ cron: `0 ${from} * * *`, duration: `${hours}h` }],
  }),
);
const freezes = fc.record({ spans, selectors, clusters, but: selectors }).map(
  (freeze): PolicySpec => ({
    ...{ type: 'freeze', reason: 'Black Friday', ...freeze.spans },
    ...{ clusters: freeze.clusters, applications: freeze.selectors },
    ...(freeze.but && { except: [{ applications: freeze.but }] }),
  }),
);
const overrides = fc
  .record({
    ...{ spans, selectors, clusters },
    lifts: fc.subarray(['open-0', 'open-1', 'freeze-0', 'freeze-1'], {
      minLength: 1,
    }),
  })
  .map(
    (override): PolicySpec => ({
      ...{ type: 'override', reason: 'A price error', ...override.spans },
      ...{ clusters: override.clusters, applications: override.selectors },
      lifts: override.lifts,
    }),
  );

/** The subjects are held by what their namespaces name. */
const decided = fc
  .record({
    open: fc.array(windows, { minLength: 2, maxLength: 2 }),
    freeze: fc.array(freezes, { maxLength: 2 }),
    lift: fc.array(overrides, { maxLength: 2 }),
    named: fc.tuple(
      fc.subarray(['open-0', 'open-1'], { maxLength: 1 }),
      fc.subarray(['open-0', 'open-1'], { maxLength: 1 }),
    ),
  })
  .map(({ named, ...specs }) => ({
    ...decisions({
      namespaces: ['shop', 'hall'].map((name, i) => {
        const entity = namespace(name);
        entity.spec.policies = named[i];
        return entity;
      }),
      applications: Object.entries(APPLICATIONS).map(([name, its]) =>
        application(name, { namespace: its }),
      ),
    }),
    policies: new Map(
      Object.entries(specs).flatMap(([word, list]) =>
        list.map((spec, i) => {
          const name = `${word}-${i}`;
          const entity: EdgePolicyEntity = {
            ...{ apiVersion: RES_EDGE_API_VERSION, kind: 'EdgePolicy' },
            ...{ metadata: { name }, spec },
          };
          return [name, entity] as const;
        }),
      ),
    ),
  }));

describe('the clock of values', () => {
  it('holds a cluster as long as anything is held there, and knows when all may change', () => {
    fc.assert(
      fc.property(decided, decisionsOf => {
        const schedule = HoldSchedule.create(snapshot, decisionsOf);
        const clock = valuesClock(schedule, decisionsOf, snapshot.size);
        const subjects: HoldSubject[] = [
          ...[...decisionsOf.namespaces.keys()].map(name => ({
            namespace: name,
          })),
          ...[...decisionsOf.applications.values()].map(({ entity }) => ({
            application: entity,
          })),
        ];
        let last: readonly number[] = [];
        let steadyUntil = -Infinity;
        for (let hour = 0; hour < HOURS; hour++) {
          const time = START + hour * HOUR;
          const now = new Date(time);
          const { applications, namespaces } = schedule.at(now);
          const held = snapshot.bitmapOf(['elgin']);
          for (const [, those] of [...applications, ...namespaces])
            held.or(those);
          const isSteady = time < steadyUntil;
          const found = [...clock.at(time)];
          expect(found).toEqual([...held]);
          expect(isSteady ? found : []).toEqual(isSteady ? last : []);
          [last, steadyUntil] = [found, clock.steadyUntil];
          const opening = new Map(
            clock
              .openings(time)
              .flatMap(one => [...one.clusters].map(each => [each, one.at])),
          );
          const expected = found.flatMap(each => {
            const times = subjects.map(subject =>
              schedule.nextChange(subject, each, now)?.getTime(),
            );
            return times.includes(undefined)
              ? []
              : [[each, new Date(Math.max(...times.map(Number)))]];
          });
          expect(
            [...opening].sort(([a], [b]) => Number(a) - Number(b)),
          ).toEqual(expected);
        }
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });
});
