import { TestDatabases } from '@backstage/backend-test-utils';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  EdgeNamespaceEntity,
  EdgePolicyEntity,
  RolloutSpec,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  ApplicationReport,
  namespaceSubject,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { SEES_EVERYTHING } from '../__testUtils__';
import { VisibleFleet } from '../permissions';
import { ChangeEtas } from '../service/ChangeEtas';
import { RolloutEtas } from '../service/RolloutEtas';
import { RolloutQuestion } from '../service/RolloutQuestion';
import { LabsFleet } from './__testUtils__/LabsFleet';
import { numberedBy } from './__testUtils__/numberedBy';

const BETA = ['central-tx-atx-2301', 'central-tx-atx-2302'];
const HOUR = 3_600_000;
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const RINGS = `
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: store-rings }
spec:
  type: rollout
  rings:
    - { name: beta, clusters: { include: [${BETA}] }, atOnce: 2, soak: 2h }
    - { name: prod, clusters: { all: true }, atOnce: 5, batchDelay: 30m }
`;

jest.setTimeout(240_000);

describe('simulated rollouts of the labs fleet', () => {
  let labs: LabsFleet;
  let now: number;
  const said = new Map<string, ApplicationReport>();

  beforeAll(async () => {
    now = Date.parse('2026-11-25T08:00Z');
    labs = await LabsFleet.create(databases, () => new Date(now), {
      isHeard: true,
      freshness: () => 'fresh',
      report: (cluster, application) =>
        application === 'imdb' ? said.get(cluster) : undefined,
      numbered(snapshot) {
        return numberedBy(this, snapshot);
      },
    });
    await labs.fleet.sync();
    await labs.write('rings.yaml', RINGS);
    await labs.edit('applications.yaml', text =>
      text.replace(
        /(name: imdb\n[^]*?)( +)(version: )/,
        '$1$2rollout: store-rings\n$2$3',
      ),
    );
    await labs.fleet.sync();
  });

  afterAll(() => labs.remove());

  const simulate = (question: Partial<RolloutQuestion> = {}) =>
    labs.fleet.automation.simulateRollout({
      ...{ application: 'imdb', days: 3 },
      assume: { reportAfter: 5, failed: 0 },
      ...question,
    });

  /** What a write would change, which nobody makes. */
  const foreseen = async (entity: EdgePolicyEntity | EdgeNamespaceEntity) => {
    const { kind, metadata } = entity;
    const { results, difference } = await labs.fleet.stores.inventory.apply(
      [{ action: 'apply', kind, name: metadata.name, entity }],
      {
        ...{ actor: 'user:default/ann', origin: { type: 'api' } },
        ...{ dryRun: true, anyOrigin: true },
      },
    );
    expect(results).not.toMatchObject([{ status: 'failed' }]);
    return difference;
  };

  const withRings = async (...rings: RolloutSpec['rings']) => {
    return foreseen({
      apiVersion: 'res-edge.io/v1alpha1',
      kind: 'EdgePolicy',
      metadata: { name: 'store-rings', namespace: 'default' },
      spec: { type: 'rollout', rings },
    });
  };

  const entries = () => [
    ...labs.fleet.automation.view()!.delivered.entries('imdb'),
  ];

  it('plays a release that nobody has made, and stores nothing', async () => {
    const found = await simulate({ version: '9.9.9' });
    const all = entries().length;
    expect(found.rollout).toMatchObject({ version: '9.9.9', phase: 'done' });
    expect(found.rings.map(({ name, clusters }) => [name, clusters])).toEqual([
      ['beta', 2],
      ['prod', all - 2],
    ]);
    const [beta, prod] = found.rings;
    expect(Date.parse(prod.startsAt!) - now).toBeGreaterThanOrEqual(2 * HOUR);
    expect(prod.startsAt).toBe(beta.endsAt);
    // Five each half an hour.
    const batches = Math.ceil((all - 2) / 5);
    expect(Date.parse(prod.everywhereAt!) - Date.parse(prod.startsAt!)).toBe(
      (batches - 1) * 0.5 * HOUR,
    );
    expect(found.everywhereAt).toBe(prod.everywhereAt);
    const [first] = found.hours;
    const before = entries()[0][1].version!;
    expect(first.rings[1].versions).toEqual([
      { version: before, clusters: all - 2 },
    ]);
    expect(found.hours.at(-1)!.rings[1].versions).toEqual([
      { version: '9.9.9', clusters: all - 2 },
    ]);
    expect(await labs.fleet.stores.rollouts.latest()).toEqual([]);
    // Without a version it is the next one, whatever it is called.
    expect((await simulate()).rollout.version).toBe('next');
  });

  it('plays it with another policy, wherever that is registered', async () => {
    const difference = await withRings({
      name: 'all',
      clusters: { all: true },
      failure: '10%',
    });
    const good = await simulate({ difference });
    expect(good.rings.map(({ name }) => name)).toEqual(['all']);
    expect(good.rollout.phase).toBe('done');
    const bad = await simulate({
      difference,
      assume: { reportAfter: 5, failed: 0.5 },
    });
    expect(bad.rollout.phase).toBe('stopped');
    expect(bad.waitsFor).toMatch(/^It is stopped: \d+ clusters of ring 'all'/);
  });

  it('goes on from where a rollout stands', async () => {
    await labs.edit('applications.yaml', text =>
      text.replace(/(name: imdb\n[^]*?version: )\S+/, '$11.0.99'),
    );
    await labs.fleet.sync();
    const [{ rollout }] = await labs.fleet.stores.rollouts.latest();
    const begun = await simulate();
    expect(begun.rollout).toMatchObject({
      version: '1.0.99',
      release: rollout.release,
    });
    for (const [cluster, { revision }] of entries())
      said.set(cluster, { revision, condition: 'healthy', at: now });
    now += HOUR;
    await labs.fleet.automation.run('clock');
    const soaking = await simulate();
    expect(soaking.moves[0]).toMatchObject({ ring: 'beta', to: 'done' });
    expect(Date.parse(soaking.moves[0].at)).toBe(now + 2 * HOUR);
    expect(soaking.hours[0].rings[0]).toMatchObject({ healthy: 2 });
    const [stored] = await labs.fleet.stores.rollouts.latest();
    const etas = RolloutEtas.create(labs.fleet.automation);
    const times = (await etas.of([stored.rollout])).get('imdb');
    expect(times?.rings.get('beta')).toEqual({
      endsAt: soaking.rings[0].endsAt,
    });
    expect(times?.rings.get('prod')?.startsAt).toBe(soaking.rings[1].startsAt);
    expect(times?.whole.endsAt).toBeDefined();
  });

  it('foresees when each cluster gets it: with its ring and batch, and when a freeze lets it', async () => {
    const [{ rollout }] = await labs.fleet.stores.rollouts.latest();
    const etas = ChangeEtas.create({
      fleet: labs.fleet.automation,
      rollouts: labs.fleet.stores.rollouts,
    });
    const found = async () => {
      const view = labs.fleet.automation.view()!;
      const fleet = VisibleFleet.of(view, SEES_EVERYTHING);
      const numbers = entries().map(([name]) => fleet.numberOf(name)!);
      const etaOn = await etas.of(fleet, ['imdb'], numbers);
      return new Map(
        entries().map(([name], i) => [name, etaOn('imdb', numbers[i])]),
      );
    };
    const all = await found();
    for (const cluster of BETA) expect(all.get(cluster)).toBeUndefined();
    const { rings } = await simulate();
    const begins = Date.parse(rings[1].startsAt!);
    const prod = [...all].filter(([name]) => !BETA.includes(name));
    const times = prod.map(([, eta]) => {
      expect(eta).toMatchObject({
        ...{ version: '1.0.99', ringStartsAt: rings[1].startsAt },
      });
      return (Date.parse(eta!.at!) - begins) / HOUR;
    });
    expect(times.sort((a, b) => a - b)).toEqual(
      prod.map((_, i) => Math.floor(i / 5) * 0.5),
    );

    // Kept for longer than its ring waits for it.
    const [[frozen]] = prod;
    await labs.write(
      'freeze.yaml',
      `
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: sale }
spec:
  type: freeze
  clusters: { include: [${frozen}] }
  start: 2026-11-25T00:00
  end: 2026-11-30T00:00
  timeZone: UTC
  reason: A sale
`,
    );
    await labs.fleet.sync();
    expect((await found()).get(frozen)).toMatchObject({
      at: '2026-11-30T00:00:00.000Z',
    });

    await labs.fleet.automation.commandRollout(
      (
        await labs.fleet.stores.rollouts.latest()
      )[0].id,
      { command: 'pause', actor: 'user:default/ada', reason: 'We look' },
    );
    const paused = (await found()).get(prod[1][0]);
    expect(paused).toEqual({
      ...{ version: rollout.version, reason: expect.stringMatching(/paused/) },
    });
  });

  it('plays content of a namespace, as it would be and as it comes', async () => {
    const application = namespaceSubject('imdb');
    const view = () => labs.fleet.automation.view()!;
    const all = view().plan.namespaces.get('imdb')!.count();
    const atOnce = await simulate({ application });
    expect(atOnce.rings).toMatchObject([{ clusters: all, phase: 'done' }]);

    await labs.edit('namespaces.yaml', text =>
      text.replace(
        /(name: imdb\n[^]*?\n)( {2}owner: )/,
        '$1  rollout: store-rings\n$2',
      ),
    );
    await labs.fleet.sync();
    const { entity } = view().decisions.namespaces.get('imdb')!;
    const difference = await foreseen({
      ...entity,
      spec: { ...entity.spec, resources: { quota: { cpu: '3' } } },
    });
    const found = await simulate({ application, difference, days: 7 });
    const [beta, prod] = found.rings;
    expect(found.rollout).toMatchObject({ application, phase: 'done' });
    expect([beta.clusters, prod.clusters]).toEqual([2, all - 2]);
    expect(Date.parse(prod.startsAt!) - now).toBeGreaterThanOrEqual(2 * HOUR);
    // One of them is frozen.
    expect(prod.everywhereAt).toBe('2026-11-30T00:00:00.000Z');
    await expect(simulate({ application, version: '1.0.0' })).rejects.toThrow(
      "version: the content of namespace 'imdb' has none, got '1.0.0'",
    );

    // What is there already, on its way through rings for the first time: all clusters have it.
    const stored = (await labs.fleet.stores.rollouts.latest()).find(
      ({ rollout }) => rollout.application === application,
    )!;
    const under = await simulate({
      application,
      assume: { reportAfter: 10, failed: 0 },
    });
    expect(under.rollout.release).toBe(stored.rollout.release);
    expect(under.hours[0].rings[1].versions).toEqual([
      { version: stored.rollout.version, clusters: all - 2 },
    ]);
    const etas = RolloutEtas.create(labs.fleet.automation);
    const times = (await etas.of([stored.rollout])).get(application);
    expect(times?.rings.get('prod')?.startsAt).toBe(under.rings[1].startsAt);
    expect(times?.whole.endsAt).toBeDefined();
  });

  it('leaves clusters out that an override pins', async () => {
    const before = await simulate({ version: '9.9.9' });
    const difference = await foreseen({
      apiVersion: 'res-edge.io/v1alpha1',
      kind: 'EdgePolicy',
      metadata: { name: 'stays', namespace: 'default' },
      spec: {
        ...{ type: 'override', pins: { version: '1.0.99' } },
        applications: { names: ['imdb'] },
        clusters: { include: [BETA[0]] },
        ...{ end: '2026-12-01T00:00Z', reason: 'Scanners' },
      },
    });
    const found = await simulate({ version: '9.9.9', difference });
    const clustersOf = ({ rings }: typeof found) =>
      rings.map(({ clusters }) => clusters);
    const [beta, prod] = clustersOf(before);
    expect(clustersOf(found)).toEqual([beta - 1, prod]);
  });

  it('says what it cannot play', async () => {
    for (const application of ['nothing', namespaceSubject('nothing')])
      await expect(simulate({ application })).rejects.toThrow(NotFoundError);
    const difference = await withRings({
      name: 'all',
      clusters: { groups: ['nowhere'] },
    });
    await expect(simulate({ difference })).rejects.toThrow(InputError);
  });
});
