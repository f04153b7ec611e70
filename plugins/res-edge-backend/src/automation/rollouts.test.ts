import { TestDatabases } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import { foresee } from './__testUtils__/foresee';
import { BETA, HOUR, PILOT, RolloutLabs } from './__testUtils__/RolloutLabs';
import { TestFleet } from './__testUtils__/TestFleet';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const FREEZE = `
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: inventory-day }
spec:
  type: freeze
  clusters: { all: true }
  start: '2026-11-20T00:00Z'
  end: '2027-11-21T00:00Z'
  reason: Inventory
`;

jest.setTimeout(240_000);

describe('rollouts on the labs fleet', () => {
  let labs: RolloutLabs;
  let fleet: TestFleet;

  beforeEach(async () => {
    labs = await RolloutLabs.create(databases);
    fleet = labs.fleet;
  });

  afterEach(() => labs.remove());

  const release = (version: string) => labs.release(version);
  const entries = () => labs.entries();
  const report = (condition: 'healthy' | 'failed') => labs.report(condition);
  const having = (version: string) => labs.having(version);
  const run = (hours?: number) => labs.run(hours);
  const latest = () => labs.latest();
  const moves = () => labs.moves();
  const shown = () => labs.shown();
  const command: RolloutLabs['command'] = what => labs.command(what);

  it('are left alone by a replica that writes no more', async () => {
    await release('1.0.99');
    report('healthy');
    const before = await latest();
    const { polls, state } = fleet.stores;
    jest.spyOn(polls, 'list').mockImplementationOnce(async () => {
      const lost = new ConflictError('another replica took the lease');
      jest.spyOn(state, 'renewLease').mockRejectedValue(lost);
      return [];
    });
    await expect(run()).rejects.toThrow('another replica');
    expect(await latest()).toEqual(before);
  });

  it('brings a good release through three rings, as clusters report', async () => {
    expect(await fleet.stores.rollouts.latest()).toEqual([]);
    const all = entries().length;
    await release('1.0.99');
    expect(having('1.0.99')).toEqual(BETA);
    // Nobody has reported it: time alone brings nothing on.
    await run(24);
    expect(having('1.0.99')).toEqual(BETA);
    const isAwaited = (cluster: string, condition: 'healthy' | 'progressing') =>
      fleet.automation.isAwaited(cluster, 'imdb', {
        ...{ condition, at: labs.now },
        revision: entries().find(([name]) => name === BETA[0])![1].revision,
      });
    expect(isAwaited(BETA[0], 'healthy')).toBe(true);
    expect(isAwaited(BETA[0], 'progressing')).toBe(false);
    // It is told to run another one.
    expect(isAwaited(PILOT[0], 'healthy')).toBe(false);
    const none = { healthy: 0, rolling: 0, failed: 0, waiting: 0 };
    const [beta, pilot] = await shown();
    expect(beta.progress).toEqual({
      ...{ ...none, deferred: 0, unreachable: 0, awaited: 0, undeliverable: 0 },
      ...{ clusters: 2, pinned: 0, rolling: 2, needed: 2, mayFail: 0 },
    });
    expect(pilot.progress).toMatchObject({ ...none, waiting: 3 });
    report('healthy');
    await run();
    const soakEnds = new Date(labs.now + 2 * HOUR).toISOString();
    expect((await shown())[0]).toMatchObject({
      ...{ phase: 'soaking', soakEnds },
      progress: { ...none, clusters: 2, healthy: 2 },
    });
    await run(1);
    expect(having('1.0.99')).toEqual(BETA);

    await run(1);
    const inPilot = () => having('1.0.99').filter(name => PILOT.includes(name));
    expect(inPilot()).toHaveLength(1);
    const [waiting] = PILOT.filter(name => !inPilot().includes(name));
    const { holding, snapshot } = fleet.automation.view()!;
    expect(holding.waiting('imdb', snapshot.numberOf(waiting)!)).toEqual({
      reasons: [
        {
          rule: 'edgepolicy:default/store-rings',
          reason:
            'The rollout of 1.0.99 is running; its batches come one after the other',
        },
      ],
    });
    await run();
    expect(inPilot()).toHaveLength(1);
    const { progress } = (await shown())[1];
    expect(progress).toMatchObject({ ...none, rolling: 1, waiting: 2 });
    for (let batch = 2; batch <= 3; batch++) {
      report('healthy');
      await run();
      expect(inPilot()).toHaveLength(batch);
      expect(having('1.0.99')).toHaveLength(BETA.length + batch);
    }
    report('healthy');
    await run();
    const rest = all - BETA.length - PILOT.length;
    expect(having('1.0.99')).toHaveLength(
      BETA.length + PILOT.length + Math.ceil(rest / 2),
    );
    report('healthy');
    await run();
    expect(having('1.0.99')).toHaveLength(all);
    report('healthy');
    await run();
    expect(await moves()).toEqual([
      'beta: waiting > rolling',
      'beta: rolling > soaking',
      'beta: soaking > done',
      'pilot: waiting > rolling',
      'pilot: rolling > soaking',
      'pilot: soaking > done',
      'prod: waiting > rolling',
      'prod: rolling > soaking',
      'prod: soaking > done',
      'all: running > done',
    ]);
    expect(await fleet.stores.changeRequests.listOpen()).toEqual([]);
    expect(fleet.automation.view()!.problems).toEqual([]);
  });

  it('stops a bad release in the first ring and takes it back, once and for all (demand 11)', async () => {
    const [[, { version: before }]] = entries();
    await release('1.0.99');
    report('failed');
    expect((await shown())[0].progress).toMatchObject({ failed: 2 });
    await run();
    expect(having('1.0.99')).toEqual([]);
    expect(having(before!)).toHaveLength(entries().length);
    await run();
    expect(await moves()).toEqual([
      'beta: waiting > rolling',
      'all: running > rolling-back',
      'all: rolling-back > rolled-back',
    ]);
    const main = await fleet.repository.resolve('main');
    await fleet.sync();
    await run(1);
    expect(await fleet.repository.resolve('main')).toBe(main);
    expect(fleet.automation.view()!.problems).toEqual([
      {
        entity: 'edgeapplication:default/imdb',
        field: 'spec.version',
        message:
          '1.0.99 was rolled back, and does not start again; another release does',
      },
    ]);

    const { id } = await latest();
    const about = {
      to: ['group:default/pos-team'],
      link: `/res-edge/rollouts/${id}`,
      description: expect.any(String),
    };
    expect(labs.told).toEqual([
      { ...about, title: 'imdb 1.0.99 is taken back', severity: 'high' },
      {
        ...about,
        ...{
          title: 'imdb 1.0.99 was taken back everywhere',
          severity: 'normal',
        },
      },
    ]);
    await release('1.1.0');
    expect(having('1.1.0')).toEqual(BETA);
    await expect(
      fleet.automation.commandRollout(id, {
        ...{ command: 'roll-back', actor: 'user:default/ada' },
      }),
    ).rejects.toThrow(
      "A newer rollout of 'imdb' took the place of that of 1.0.99",
    );
    expect((await latest()).rollout).toMatchObject({
      ...{ version: '1.1.0', phase: 'running' },
    });
  });

  it('brings a newer release in batches, also while the former one is taken back', async () => {
    await labs.edit('rings.yaml', text =>
      text.replace('atOnce: 2', 'atOnce: 1'),
    );
    await release('1.0.99');
    report('healthy');
    await run();
    expect(having('1.0.99')).toEqual(BETA);
    await labs.write('freeze.yaml', FREEZE);
    await fleet.sync();
    report('failed');
    await run();
    expect((await latest()).rollout.phase).toBe('rolling-back');
    expect(having('1.0.99')).toEqual(BETA);
    await release('1.1.0');
    expect(having('1.0.99')).toEqual(BETA);
    await labs.edit('freeze.yaml', text => text.replace('2027', '2026'));
    await fleet.sync();
    expect(having('1.1.0')).toEqual(BETA.slice(0, 1));
    report('healthy');
    await run();
    expect(having('1.1.0')).toEqual(BETA);
    expect((await latest()).rollout).toMatchObject({
      ...{ version: '1.1.0', phase: 'running' },
    });
  });

  it('stays where it is while it is paused', async () => {
    await release('1.0.99');
    await command('pause');
    report('healthy');
    await run(48);
    expect(having('1.0.99')).toEqual(BETA);
    await expect(command('pause')).rejects.toThrow(
      'A rollout that is paused cannot be asked to pause',
    );
    await command('resume');
    await run();
    await run(2);
    expect(having('1.0.99')).toHaveLength(BETA.length + 1);
    await command('abort');
    report('healthy');
    await run(48);
    expect(having('1.0.99')).toHaveLength(BETA.length + 1);
    await command('roll-back');
    await run();
    expect(having('1.0.99')).toEqual([]);
  });

  it('does what was foreseen: batches, and what comes to the next ring', async () => {
    const foreseen = async () => {
      const { delivery, totals } = await foresee(fleet, labs.folder);
      return { bills: delivery.bills, held: totals.held };
    };
    const came = async (version: string) => {
      const before = having(version).length;
      await fleet.sync();
      return having(version).length - before;
    };
    await labs.edit('rings.yaml', text =>
      text.replace('atOnce: 2', 'atOnce: 1'),
    );
    await fleet.sync();
    await labs.register('1.0.99');
    expect(await foreseen()).toEqual({ bills: 1, held: 1 });
    // It writes nothing.
    expect(await fleet.stores.rollouts.latest()).toEqual([]);
    expect(await came('1.0.99')).toBe(1);
    report('healthy');
    await run();
    report('healthy');
    await run();
    await run(1);
    expect((await latest()).rollout.rings[0].phase).toBe('soaking');

    await labs.edit('rings.yaml', text => text.replace('2h', '30m'));
    expect(await foreseen()).toEqual({ bills: 1, held: 2 });
    expect((await latest()).rollout.rings[0].phase).toBe('soaking');
    expect(await came('1.0.99')).toBe(1);
  });

  it('counts what is delivered where nobody reports anything, and says so', async () => {
    labs.isHeard = false;
    await release('1.0.99');
    await run();
    await run(2);
    const { id } = await latest();
    const soaking = (await fleet.stores.rollouts.moves(id)).find(
      ({ to }) => to === 'soaking',
    );
    expect(soaking!.cause).toBe(
      '2 of 2 clusters are told to run it, and none reports its health; 2 have to be',
    );
    expect(having('1.0.99').length).toBeGreaterThan(BETA.length);
  });

  it('asks a person where the ring says so', async () => {
    await labs.edit('rings.yaml', text =>
      text.replace('atOnce: 1 }', 'atOnce: 3, approval: true }'),
    );
    await release('1.0.99');
    report('healthy');
    await run();
    await run(2);
    expect(having('1.0.99')).toEqual(BETA);
    const [request] = await fleet.stores.changeRequests.listOpen();
    expect(request.title).toMatch(/^Promote imdb 1\.0\.99 to pilot \(was /);
    await run();
    expect(labs.told).toEqual([
      {
        to: ['group:default/pos-team'],
        title: 'The rollout of imdb 1.0.99 waits for a person',
        description: request.title,
        link: `/res-edge/rollouts/${(await latest()).id}`,
        severity: 'normal',
      },
    ]);
    const { id, digest } = request;
    await fleet.automation.mergeChangeRequest(id, digest, 'user:default/ada');
    await run();
    expect(having('1.0.99')).toEqual([...BETA, ...PILOT]);
  });

  it('holds what comes where the policy cannot be followed, and says so', async () => {
    await labs.edit('rings.yaml', text => text.replace('2h', '0m'));
    await release('1.0.99');
    expect((await shown())[0]).not.toHaveProperty('progress');
    expect(having('1.0.99')).toEqual([]);
    expect(fleet.automation.view()!.problems).toEqual([
      {
        ...{ entity: 'edgeapplication:default/imdb', field: 'spec.rollout' },
        message:
          "Its rollout cannot go on: '0m' is no length of time; allowed are days, hours and minutes such as 1h30m",
      },
    ]);
    await labs.edit('rings.yaml', text => text.replace('0m', '1m'));
    await fleet.sync();
    expect(having('1.0.99')).toEqual(BETA);
  });
});
