import { TestDatabases } from '@backstage/backend-test-utils';
import { LabsFleet } from './__testUtils__/LabsFleet';
import { TestFleet } from './__testUtils__/TestFleet';

const SHARD = 'delivery/shard-001';
const AUSTIN = 'central-tx-atx-2301';
const SEATTLE = 'west-wa-sea-2301';
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const STORE_HOURS = `
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: after-hours }
spec: { type: window, allow: [{ hours: closed }] }
`;
const FREEZE = `
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: black-friday }
spec:
  type: freeze
  clusters: { all: true }
  start: '2026-11-26T00:00'
  end: '2026-12-01T00:00'
  reason: Black Friday
`;
const OVERRIDE = `
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: price-error }
spec:
  type: override
  lifts: [black-friday, after-hours]
  applications: { names: [imdb] }
  clusters: { include: [${AUSTIN}] }
  end: '2026-11-28T00:00'
  reason: A price error
`;
const PROHIBITION = `
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: recall }
spec:
  type: prohibition
  applications: { names: [imdb] }
  clusters: { matchLabels: { state: tx } }
  reason: Recalled
`;

jest.setTimeout(120_000);

describe('windows, freezes and overrides on the labs fleet', () => {
  let labs: LabsFleet;
  let fleet: TestFleet;
  // 23:30 in Austin, 21:30 in Seattle, a Wednesday.
  let now = Date.parse('2026-11-25T05:30Z');

  beforeEach(async () => {
    now = Date.parse('2026-11-25T05:30Z');
    labs = await LabsFleet.create(databases, () => new Date(now));
    fleet = labs.fleet;
    await labs.write('window.yaml', STORE_HOURS);
    await labs.edit('namespaces.yaml', text =>
      text.replace(
        '  selector: { groups: [stores] }',
        '  policies: [after-hours]\n  selector: { groups: [stores] }',
      ),
    );
    await fleet.sync();
  });

  afterEach(() => labs.remove());

  const release = () =>
    labs.edit('applications.yaml', text =>
      text.replace(/(name: imdb\n[^]*?version: )\S+/, '$11.0.99'),
    );

  const versionOn = async (cluster: string) =>
    /apps\/imdb\/.* # (\S+)/.exec(
      (await fleet.read(SHARD, `clusters/${cluster}/kustomization.yaml`)) ?? '',
    )?.[1];

  function held(): string[] {
    const { holding, snapshot } = fleet.automation.view()!;
    return [...holding.clusters('imdb')].map(
      number => snapshot.clusters[number].metadata.name,
    );
  }

  const waiting = (cluster: string) => {
    const { holding, snapshot } = fleet.automation.view()!;
    return holding.waiting('imdb', snapshot.numberOf(cluster)!);
  };

  it('delivers a first time at once, then a new version as each store closes', async () => {
    const first = await versionOn(SEATTLE);
    expect(first).toBeDefined();
    await release();
    await fleet.sync();
    expect(await versionOn(AUSTIN)).toBe('1.0.99');
    expect(await versionOn(SEATTLE)).toBe(first);
    expect(held()).toContain(SEATTLE);
    expect(held()).not.toContain(AUSTIN);
    expect(waiting(AUSTIN)).toBeUndefined();
    expect(waiting(SEATTLE)).toEqual({
      reasons: [
        {
          rule: 'edgepolicy:default/after-hours',
          reason: "Window 'after-hours' is closed",
          until: new Date('2026-11-25T07:00Z'),
        },
      ],
      next: new Date('2026-11-25T07:00Z'),
    });

    const commit = await fleet.repository.resolve(SHARD);
    await fleet.automation.run('clock');
    expect(await fleet.repository.resolve(SHARD)).toBe(commit);
    now = Date.parse('2026-11-25T07:00Z');
    await fleet.automation.run('clock');
    expect(await versionOn(SEATTLE)).toBe('1.0.99');
    expect(held()).toEqual([]);
    expect(fleet.automation.view()!.problems).toEqual([]);
  });

  it('lets a prohibition take away at once', async () => {
    now = Date.parse('2026-11-25T18:00Z');
    await labs.write('recall.yaml', PROHIBITION);
    await fleet.sync();
    expect(await versionOn(AUSTIN)).toBeUndefined();
    expect(await versionOn(SEATTLE)).toBeDefined();
  });

  it('freezes over windows; an override lifts it once a person merges it (demand 6)', async () => {
    const before = await versionOn(AUSTIN);
    now = Date.parse('2026-11-27T08:00Z');
    await labs.write('freeze.yaml', FREEZE);
    await fleet.sync();
    await release();
    await labs.write('override.yaml', OVERRIDE);
    await fleet.sync();
    expect(await versionOn(AUSTIN)).toBe(before);
    expect(held()).toHaveLength(18);

    const [request] = await fleet.stores.changeRequests.listOpen();
    expect(request.intent).toBe('edgepolicy:default/price-error');
    await fleet.automation.mergeChangeRequest(
      request.id,
      request.digest,
      'user:default/ada',
    );
    await fleet.automation.run('merge');
    expect(await versionOn(AUSTIN)).toBe('1.0.99');
    expect(held()).toHaveLength(17);
    expect(await versionOn('central-tx-atx-2302')).toBe(before);
  });
});
