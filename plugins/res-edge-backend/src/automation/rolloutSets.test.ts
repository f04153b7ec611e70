import { TestDatabases } from '@backstage/backend-test-utils';
import { BETA, PILOT, RolloutLabs } from './__testUtils__/RolloutLabs';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(240_000);

describe('applications that are promoted together', () => {
  let labs: RolloutLabs;

  beforeEach(async () => {
    labs = await RolloutLabs.create(databases);
    await labs.follow('redis');
    await labs.edit('rings.yaml', text => `${text}  together: true\n`);
    await labs.fleet.sync();
    await labs.register('1.0.99', 'imdb');
    await labs.register('7.4.99', 'redis');
    await labs.fleet.sync();
  });

  afterEach(() => labs.remove());

  /** How many clusters of beta and pilot have the new versions. */
  const counts = () => {
    const redis = labs.having('7.4.99', 'redis');
    const imdb = labs.having('1.0.99', 'imdb');
    const within = (some: string[], ring: readonly string[]) =>
      some.filter(name => ring.includes(name)).length;
    return [BETA, PILOT].map(ring => [within(imdb, ring), within(redis, ring)]);
  };
  const phases = async () => [
    (await labs.latest('imdb')).rollout.phase,
    (await labs.latest('redis')).rollout.phase,
  ];

  it('come to a ring in one commit once all meet the criteria, and go back together (demand 16)', async () => {
    expect(counts()).toEqual([
      [2, 2],
      [0, 0],
    ]);
    labs.report('healthy', 'imdb');
    await labs.run();
    await labs.run(3);
    expect((await labs.latest('imdb')).rollout.rings[0].phase).toBe('done');
    const [, none] = counts();
    expect(none).toEqual([0, 0]);
    const { repository } = labs.fleet;
    const main = await repository.resolve('main');

    labs.report('healthy', 'redis');
    await labs.run();
    expect(await repository.resolve('main')).toBe(main);
    await labs.run(2);
    const [, some] = counts();
    expect(some).toEqual([1, 1]);
    const changed = await repository.diff(
      main!,
      (await repository.resolve('main'))!,
    );
    expect(changed.map(({ path }) => path)).toEqual([
      'apps/imdb/release.yaml',
      'apps/redis/release.yaml',
    ]);

    labs.report('failed', 'redis');
    await labs.run();
    await labs.run();
    expect(await phases()).toEqual(['rolled-back', 'rolled-back']);
    expect(counts()).toEqual([
      [0, 0],
      [0, 0],
    ]);
    const { id } = await labs.latest('imdb');
    const moves = await labs.fleet.stores.rollouts.moves(id);
    expect(moves.find(({ to }) => to === 'rolling-back')!.cause).toBe(
      'The rollout of redis 7.4.99, which is promoted together with it, is rolling-back',
    );
  });

  it('are simulated together: a ring begins once all of them are through the one before', async () => {
    const play = (name: string, assume = {}) =>
      labs.fleet.automation.simulateRollout({
        ...{ application: name, days: 3 },
        assume: { reportAfter: 5, failed: 0, ...assume },
      });
    labs.report('healthy', 'imdb');
    await labs.run();
    await labs.run(1);
    // It would be done an hour before the other one.
    const [imdb, redis] = [await play('imdb'), await play('redis')];
    const [beta, pilot] = imdb.rings;
    expect(pilot.startsAt).toBe(redis.rings[0].endsAt);
    expect(pilot.startsAt).toBe(redis.rings[1].startsAt);
    expect(Date.parse(pilot.startsAt!)).toBeGreaterThan(
      Date.parse(beta.endsAt!),
    );
    expect(imdb.rollout).toMatchObject({ application: 'imdb', phase: 'done' });
    expect(imdb.rollout.since).toBe(redis.rollout.since);

    const { id } = await labs.latest('redis');
    const { automation } = labs.fleet;
    await automation.follow();
    await automation.commandRollout(id, {
      ...{ command: 'pause', actor: 'user:default/ada', reason: 'We look' },
    });
    await automation.follow();
    const paused = await play('imdb');
    expect(paused.waitsFor).toMatch(/^It is paused/);
  });

  it('wait for a person all of them, and are commanded as one', async () => {
    await labs.edit('rings.yaml', text =>
      text.replace('atOnce: 1 }', 'atOnce: 3, approval: true }'),
    );
    await labs.fleet.sync();
    for (const name of ['imdb', 'redis']) labs.report('healthy', name);
    await labs.run();
    await labs.run(2);
    const { stores, automation } = labs.fleet;
    const open = await stores.changeRequests.listOpen();
    expect(open.map(({ intent }) => intent).sort()).toEqual([
      'edgeapplication:default/imdb',
      'edgeapplication:default/redis',
    ]);
    const merge = async (name: string) => {
      const { id, digest } = (await stores.changeRequests.listOpen()).find(
        ({ intent }) => intent.endsWith(`/${name}`),
      )!;
      await automation.mergeChangeRequest(id, digest, 'user:default/ada');
      await labs.run();
    };
    await merge('imdb');
    expect(counts()[1]).toEqual([0, 0]);
    await merge('redis');
    expect(counts()[1]).toEqual([3, 3]);

    await labs.command('pause');
    expect(await phases()).toEqual(['paused', 'paused']);
    await labs.command('roll-back');
    await labs.run();
    await labs.run();
    expect(await phases()).toEqual(['rolled-back', 'rolled-back']);
  });
});
