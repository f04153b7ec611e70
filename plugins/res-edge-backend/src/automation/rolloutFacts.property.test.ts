import {
  ApplicationReport,
  Bitmap,
  DeliveredCluster,
  DeliveredShard,
  freshnessOf,
  Snapshot,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { RES_EDGE_API_VERSION } from '@res-edge/backstage-plugin-res-edge-common';
import fc from 'fast-check';
import { ReportReader } from '../status';
import { StatusTable } from '../status/StatusTable';
import { numberedBy } from './__testUtils__/numberedBy';
import { DeliveredBills } from './DeliveredBills';
import { PlannedMain } from './PlannedMain';

const CLUSTERS = ['a', 'b', 'c', 'd', 'e'];
const APPLICATIONS = ['imdb', 'redis', 'web'];
const REVISIONS = ['r1', 'r2', 'r3'];
const LIMITS = { staleAfter: 10, offlineAfter: 20 };

const cluster = fc.constantFrom(...CLUSTERS);
const application = fc.constantFrom(...APPLICATIONS);
const revision = fc.constantFrom(...REVISIONS);
type Step =
  | { kind: 'deliver'; cluster: string; bill: Record<string, string> }
  | { kind: 'remove' | 'hear' | 'forget' | 'join' | 'leave'; cluster: string }
  | { kind: 'move'; cluster: string }
  | {
      kind: 'report';
      cluster: string;
      application: string;
      revision: string;
      condition: ApplicationReport['condition'];
    };
const kind = <K extends Step['kind']>(name: K) => fc.constant(name);
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    ...{ kind: kind('deliver'), cluster },
    bill: fc.dictionary(application, revision),
  }),
  fc.record({
    kind: fc.constantFrom('remove', 'hear', 'forget', 'join', 'leave', 'move'),
    cluster,
  }) as fc.Arbitrary<Step>,
  fc.record({
    ...{ kind: kind('report'), cluster, application, revision },
    condition: fc.constantFrom<ApplicationReport['condition'][]>(
      ...(['healthy', 'progressing', 'failed', 'removed'] as const),
    ),
  }),
);

/** A fleet that is delivered to and reports, step by step. */
class ChangingFleet {
  now = 1000;
  readonly status = new StatusTable();
  private names = new Set(CLUSTERS.slice(0, 3));
  private snapshot = this.index();
  private shards: ReadonlyMap<string, string> = new Map(
    CLUSTERS.map((name, i) => [name, `s${i % 2}`]),
  );
  private delivered: ReadonlyMap<string, DeliveredShard> = new Map();

  planned(): Pick<PlannedMain, 'plan' | 'main' | 'delivered'> {
    const { snapshot, shards, delivered } = this;
    // Each run reads the branches into another map.
    const read = { plan: { snapshot }, main: { shards } };
    return { ...read, delivered: new Map(delivered) } as unknown as PlannedMain;
  }

  take(step: Step): void {
    this.now += 3;
    const { cluster: name } = step;
    const time = { heardAt: this.now, clockAt: this.now };
    switch (step.kind) {
      case 'deliver': {
        const applications = Object.entries(step.bill).map(([app, its]) => ({
          name: app,
          revision: its,
        }));
        this.write(name, { bill: { cluster: name, applications } } as never);
        break;
      }
      case 'remove':
        this.write(name, undefined);
        break;
      case 'hear':
        this.status.hear({ cluster: name, ...time });
        break;
      case 'forget':
        this.status.forget(name);
        break;
      case 'join':
        this.names = new Set(this.names).add(name);
        this.snapshot = this.index();
        break;
      case 'leave':
        this.names = new Set([...this.names].filter(each => each !== name));
        this.snapshot = this.index();
        break;
      case 'move':
        this.shards = new Map(this.shards).set(
          name,
          this.shards.get(name) === 's0' ? 's1' : 's0',
        );
        break;
      default: {
        this.status.hear({ cluster: name, ...time });
        const { revision: about, condition } = step;
        const report = { revision: about, condition, at: this.now * 1000 };
        this.status.put(name, step.application, report);
      }
    }
  }

  private write(name: string, bill: DeliveredCluster | undefined): void {
    const shard = this.shards.get(name)!;
    const clusters = new Map(this.delivered.get(shard)?.clusters);
    if (bill) clusters.set(name, bill);
    else clusters.delete(name);
    const next = { shard, clusters } as unknown as DeliveredShard;
    this.delivered = new Map(this.delivered).set(shard, next);
  }

  private index(): Snapshot {
    return Snapshot.create({
      clusters: [...this.names].sort().map(name => ({
        ...{ apiVersion: RES_EDGE_API_VERSION, kind: 'EdgeCluster' as const },
        metadata: { name },
        spec: {} as never,
      })),
      groups: [],
    });
  }
}

const shown = (bills: DeliveredBills) =>
  APPLICATIONS.map(name => [
    name,
    [...bills.revisions(name)]
      .map(([its, clusters]) => [its, [...clusters]])
      .sort(),
  ]);

it('what is kept from run to run is what would be read from nothing', () => {
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 40 }), all => {
      const fleet = new ChangingFleet();
      const { status } = fleet;
      const reader = ReportReader.create(status);
      let bills = DeliveredBills.create(fleet.planned());
      for (const step of all) {
        fleet.take(step);
        const planned = fleet.planned();
        bills = DeliveredBills.create(planned, bills);
        expect(shown(bills)).toEqual(shown(DeliveredBills.create(planned)));
        const { snapshot } = planned.plan;
        const reports = reader.read(snapshot, fleet.now, LIMITS);
        const plain = numberedBy(
          {
            freshness: name =>
              freshnessOf(status.heardAt(name), fleet.now, LIMITS),
            report: (name, app) => status.report(name, app),
          },
          snapshot,
        );
        expect([...reports.unreachable]).toEqual([...plain.unreachable]);
        for (const app of APPLICATIONS) {
          const told = bills.revisions(app);
          for (const among of [
            Bitmap.full(snapshot.size),
            Bitmap.of(snapshot.size, snapshot.size > 0 ? [0] : []),
          ]) {
            const found = reports.of(app, told, among);
            const expected = plain.of(app, told, among);
            expect([...found.healthy]).toEqual([...expected.healthy]);
            expect([...found.failed]).toEqual([...expected.failed]);
          }
        }
      }
    }),
    { numRuns: 150 },
  );
});
