import {
  FreezeSpec,
  OverrideSpec,
  PolicySpec,
  RES_EDGE_API_VERSION,
  WindowSpec,
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

const HOUR = 60 * 60_000;
const START = Date.UTC(2026, 10, 20);
const CLUSTERS = ['austin', 'boston', 'chicago'];
const APPLICATIONS = ['pos', 'kiosk'];
const snapshot = Snapshot.create({
  clusters: CLUSTERS.map(name => cluster(name, {})),
  groups: [],
});

const hour = fc.nat(96);
const someClusters = fc.subarray(CLUSTERS, { minLength: 1 });
const someApplications = fc.option(
  fc.subarray(APPLICATIONS, { minLength: 1 }),
  { nil: undefined },
);
const period = fc.tuple(hour, fc.integer({ min: 1, max: 40 }));
const scope = { clusters: someClusters, applications: someApplications };

/** Open each day from an hour on, for so many. */
const windowRule = fc.record({
  from: fc.nat(23),
  hours: fc.integer({ min: 1, max: 12 }),
});
const freezeRule = fc.record({
  ...{ ...scope, period },
  except: fc.option(someClusters, { nil: undefined }),
});
const overrideRule = fc.record({
  ...{ ...scope, period },
  lifts: fc.subarray(['open', 'freeze-0', 'freeze-1'], { minLength: 1 }),
});
type Freeze = typeof freezeRule extends fc.Arbitrary<infer T> ? T : never;
type Override = typeof overrideRule extends fc.Arbitrary<infer T> ? T : never;

const at = (hours: number) => new Date(START + hours * HOUR).toISOString();
const bounds = ([from, hours]: readonly [number, number]) => ({
  start: at(from),
  end: at(from + hours),
});
const within = ([from, hours]: readonly [number, number], now: number) =>
  from <= now && now < from + hours;
const selected = (names: readonly string[] | undefined) =>
  names && { applications: { names: [...names] } };

function policyOf(name: string, spec: PolicySpec) {
  const apiVersion = RES_EDGE_API_VERSION;
  const entity = { apiVersion, kind: 'EdgePolicy', metadata: { name }, spec };
  return [name, entity as typeof entity & { kind: 'EdgePolicy' }] as const;
}

function freezeSpec(freeze: Freeze): FreezeSpec {
  return {
    ...{ type: 'freeze', reason: 'Black Friday' },
    clusters: { include: freeze.clusters },
    ...selected(freeze.applications),
    ...bounds(freeze.period),
    ...(freeze.except && {
      except: [{ clusters: { include: freeze.except } }],
    }),
  };
}

function overrideSpec(override: Override): OverrideSpec {
  return {
    ...{ type: 'override', reason: 'A price error', lifts: override.lifts },
    clusters: { include: override.clusters },
    ...selected(override.applications),
    ...bounds(override.period),
  };
}

describe('HoldSchedule', () => {
  it('lets nothing change outside its window or in a freeze, but where an override covers it (demand 2)', () => {
    fc.assert(
      fc.property(
        fc.option(windowRule, { nil: undefined }),
        fc.array(freezeRule, { maxLength: 2 }),
        fc.array(overrideRule, { maxLength: 3 }),
        hour,
        (window, freezes, overrides, now) => {
          const shop = namespace('shop');
          if (window) shop.spec.policies = ['open'];
          const open: WindowSpec | undefined = window && {
            type: 'window',
            allow: [
              {
                ...{ cron: `0 ${window.from} * * *`, timeZone: 'UTC' },
                duration: `${window.hours}h`,
              },
            ],
          };
          const schedule = HoldSchedule.create(snapshot, {
            ...decisions({
              namespaces: [shop],
              applications: APPLICATIONS.map(name =>
                application(name, { namespace: 'shop' }),
              ),
            }),
            policies: new Map([
              ...(open ? [policyOf('open', open)] : []),
              ...freezes.map((freeze, i) =>
                policyOf(`freeze-${i}`, freezeSpec(freeze)),
              ),
              ...overrides.map((override, i) =>
                policyOf(`override-${i}`, overrideSpec(override)),
              ),
            ]),
          });

          const covers = (
            { clusters, applications }: Freeze | Override,
            store: string,
            name: string,
          ) =>
            clusters.includes(store) &&
            (!applications || applications.includes(name));
          const isLifted = (rule: string, store: string, name: string) =>
            overrides.some(
              override =>
                override.lifts.includes(rule) &&
                within(override.period, now) &&
                covers(override, store, name),
            );
          const isClosed =
            window !== undefined &&
            ((now % 24) - window.from + 24) % 24 >= window.hours;
          const isHeld = (store: string, name: string) =>
            (isClosed && !isLifted('open', store, name)) ||
            freezes.some(
              (freeze, i) =>
                within(freeze.period, now) &&
                covers(freeze, store, name) &&
                !freeze.except?.includes(store) &&
                !isLifted(`freeze-${i}`, store, name),
            );

          const holds = schedule.at(new Date(START + now * HOUR));
          for (const name of APPLICATIONS) {
            const held = [...(holds.applications.get(name) ?? [])].map(
              number => snapshot.clusters[number].metadata.name,
            );
            expect([name, held.sort()]).toEqual([
              name,
              CLUSTERS.filter(store => isHeld(store, name)),
            ]);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
