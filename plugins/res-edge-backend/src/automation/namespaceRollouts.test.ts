import { TestDatabases } from '@backstage/backend-test-utils';
import { namespaceSubject } from '@res-edge/backstage-plugin-res-edge-engine';
import { SEES_EVERYTHING } from '../__testUtils__';
import { VisibleFleet } from '../permissions';
import { ChangeEtas } from '../service/ChangeEtas';
import { foresee } from './__testUtils__/foresee';
import { BETA, PILOT, RolloutLabs } from './__testUtils__/RolloutLabs';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const APPLICATIONS = ['imdb', 'redis', 'dogs-cats'];

jest.setTimeout(240_000);

describe('content of namespaces, and changes of their targets', () => {
  let labs: RolloutLabs;

  beforeEach(async () => {
    labs = await RolloutLabs.create(databases);
  });

  afterEach(() => labs.remove());

  const edit = (change: (text: string) => string) =>
    labs.edit('namespaces.yaml', change);
  /** Lets a namespace go through the rings. */
  const follow = (name: string) =>
    edit(text =>
      text.replace(
        new RegExp(`(name: ${name}\\n[^]*?\\n)(  owner: )`),
        '$1  rollout: store-rings\n$2',
      ),
    );
  const report = (condition: 'healthy' | 'failed') => {
    for (const name of APPLICATIONS) labs.report(condition, name);
  };
  const phases = async (name: string) => {
    const { rollout } = await labs.latest(namespaceSubject(name));
    return [rollout.phase, ...rollout.rings.map(({ phase }) => phase)];
  };
  /** Clusters with each revision of a namespace. */
  const revisions = async (name: string) => {
    const view = labs.fleet.automation.view()!;
    const found = new Map<string, string[]>();
    for (const { metadata } of view.snapshot.clusters) {
      const shard = view.delivered.shardOf(metadata.name)!;
      const bill = await labs.fleet.read(
        `delivery/${shard}`,
        `clusters/${metadata.name}/kustomization.yaml`,
      );
      const revision = new RegExp(`namespaces/${name}/revisions/(\\w+)`).exec(
        bill!,
      )?.[1];
      if (revision === undefined) continue;
      found.set(revision, [...(found.get(revision) ?? []), metadata.name]);
    }
    return found;
  };
  /** Clusters that no longer have what all had. */
  const changed = async (before: string) =>
    [...(await revisions('imdb'))]
      .filter(([revision]) => revision !== before)
      .flatMap(([, clusters]) => clusters)
      .sort();

  it('brings a quota to one ring after the other, in batches, and stops where it fails', async () => {
    const [[before]] = await revisions('imdb');
    await follow('imdb');
    await edit(text =>
      text.replace("cpu: '1', memory: 512Mi", "cpu: '2', memory: 512Mi"),
    );
    const foreseen = await foresee(labs.fleet, labs.folder);
    expect(foreseen.delivery.bills).toBe(BETA.length);
    await labs.fleet.sync();
    expect(await changed(before)).toEqual(BETA);
    expect(await phases('imdb')).toEqual([
      ...['running', 'rolling', 'waiting', 'waiting'],
    ]);
    const progress = async () =>
      (await labs.shown(namespaceSubject('imdb'))).map(ring => ring.progress);
    const none = {
      ...{
        failed: 0,
        deferred: 0,
        unreachable: 0,
        awaited: 0,
        undeliverable: 0,
      },
      pinned: 0,
    };
    expect((await progress()).slice(0, 2)).toEqual([
      {
        ...{ ...none, clusters: 2, healthy: 0, rolling: 2, waiting: 0 },
        ...{ needed: 2, mayFail: 0 },
      },
      {
        ...{ ...none, clusters: 3, healthy: 0, rolling: 0, waiting: 3 },
        ...{ needed: 3, mayFail: 0 },
      },
    ]);
    report('healthy');
    await labs.run();
    await labs.run(2);
    expect(await phases('imdb')).toEqual([
      ...['running', 'done', 'rolling', 'waiting'],
    ]);
    expect(await changed(before)).toHaveLength(BETA.length + 1);
    report('failed');
    expect((await progress())[1]).toMatchObject({ failed: 1, waiting: 2 });
    await labs.run();
    expect((await phases('imdb'))[0]).toBe('stopped');
    expect(await changed(before)).toHaveLength(BETA.length + 1);
    expect(labs.fleet.automation.view()!.problems).toContainEqual({
      entity: 'edgenamespace:default/imdb',
      field: 'spec.rollout',
      message:
        'The rollout of its content has stopped: too many clusters, or one of its gates, failed',
    });
    const { id } = await labs.latest(namespaceSubject('imdb'));
    const command = (what: 'resume' | 'roll-back') =>
      labs.fleet.automation.commandRollout(id, {
        ...{ command: what, actor: 'user:default/ada' },
      });
    await expect(command('roll-back')).rejects.toThrow(
      'No content before it has been through all rings',
    );

    // What it had before is another content, which overtakes this one.
    await edit(text =>
      text.replace("cpu: '2', memory: 512Mi", "cpu: '1', memory: 512Mi"),
    );
    report('healthy');
    await labs.fleet.sync();
    expect(await changed(before)).toHaveLength(1);
    expect((await labs.fleet.stores.rollouts.get(id)).rollout.phase).toBe(
      'overtaken',
    );
  });

  /** All rings have what main holds, and it is healthy there. */
  const settle = async (name: string) => {
    for (let round = 0; round < 30; round++) {
      report('healthy');
      await labs.run(1);
      if ((await phases(name))[0] === 'done') return;
    }
    throw new Error(`${name} is ${await phases(name)}`);
  };
  const quota = (from: number, to: number) =>
    edit(text =>
      text.replace(
        `cpu: '${from}', memory: 512Mi`,
        `cpu: '${to}', memory: 512Mi`,
      ),
    );
  const onMain = async () =>
    (await labs.fleet.read('main', 'namespaces/imdb/namespace.yaml'))!;

  it('takes a quota back where it fails, and does not begin it again', async () => {
    await follow('imdb');
    await labs.fleet.sync();
    await settle('imdb');
    const [[before]] = await revisions('imdb');
    const known = await onMain();
    await quota(1, 2);
    await labs.fleet.sync();
    expect(await changed(before)).toEqual(BETA);
    report('failed');
    await labs.run();
    expect(await changed(before)).toEqual([]);
    expect(await onMain()).toBe(known);
    expect((await phases('imdb'))[0]).toBe('rolling-back');
    report('healthy');
    await labs.run();
    expect((await phases('imdb'))[0]).toBe('rolled-back');
    expect(await labs.moves(namespaceSubject('imdb'))).toEqual([
      'beta: waiting > rolling',
      'all: running > rolling-back',
      'all: rolling-back > rolled-back',
    ]);
    expect(labs.fleet.automation.view()!.problems).toEqual([
      {
        ...{ entity: 'edgenamespace:default/imdb', field: 'spec.rollout' },
        message:
          'Its content was rolled back, and does not start again; another one does',
      },
    ]);

    // What else is registered of it comes all the same.
    await edit(text =>
      text.replace(/(name: imdb\n[^]*?owner: )\S+/, '$1group:default/others'),
    );
    await labs.fleet.sync();
    expect(await onMain()).toBe(
      known.replace(/owner: .*/, 'owner: group:default/others'),
    );
    expect(await changed(before)).toEqual([]);
    expect((await phases('imdb'))[0]).toBe('rolled-back');

    // Another one begins, and a person can take it back.
    await quota(2, 3);
    await labs.fleet.sync();
    expect(await changed(before)).toEqual(BETA);
    await labs.command('roll-back', namespaceSubject('imdb'));
    await labs.run();
    await labs.run();
    expect(await changed(before)).toEqual([]);
    expect((await phases('imdb'))[0]).toBe('rolled-back');
    await labs.fleet.sync();
    expect(await changed(before)).toEqual([]);

    // Without rings it is for all at once, whatever became of it in them.
    await edit(text =>
      text.replace(/(name: imdb\n[^]*?) {2}rollout: store-rings\n/, '$1'),
    );
    await labs.fleet.sync();
    expect(await changed(before)).toHaveLength(labs.entries().length);
    expect(labs.fleet.automation.view()!.problems).toEqual([]);
  });

  it('takes a wider selector back', async () => {
    const having = () => labs.entries('dogs-cats').map(([cluster]) => cluster);
    await follow('dogs-cats');
    await labs.fleet.sync();
    await settle('dogs-cats');
    const before = having();
    await edit(text =>
      text.replace(
        /(name: dogs-cats\n[^]*?selector: \{ groups: )\[beta\]/,
        '$1[stores]',
      ),
    );
    await labs.fleet.sync();
    expect(having().length).toBeGreaterThan(before.length);
    await labs.command('roll-back', namespaceSubject('dogs-cats'));
    for (let round = 0; round < 3; round++) await labs.run();
    expect(having()).toEqual(before);
    expect((await phases('dogs-cats'))[0]).toBe('rolled-back');
  });

  it('brings a wider selector to one ring after the other', async () => {
    const having = () => labs.entries('dogs-cats').map(([cluster]) => cluster);
    const before = having();
    expect(before).not.toContain(PILOT[0]);
    await follow('dogs-cats');
    await edit(text =>
      text.replace(
        /(name: dogs-cats\n[^]*?selector: \{ groups: )\[beta\]/,
        '$1[stores]',
      ),
    );
    await labs.fleet.sync();
    const inFirst = [...new Set([...before, ...BETA])].sort();
    expect(having().sort()).toEqual(inFirst);
    const { holding, snapshot } = labs.fleet.automation.view()!;
    expect(
      holding.waiting('dogs-cats', snapshot.numberOf(PILOT[0])!)?.reasons,
    ).toEqual([
      {
        rule: 'edgepolicy:default/store-rings',
        reason:
          "The rollout of namespace 'dogs-cats' is running; its rings and batches come one after the other",
      },
    ]);
    const { automation, stores } = labs.fleet;
    const etas = ChangeEtas.create({
      ...{ fleet: automation, rollouts: stores.rollouts },
    });
    const fleet = VisibleFleet.of(automation.view()!, SEES_EVERYTHING);
    const numbers = [BETA[0], PILOT[0]].map(name => fleet.numberOf(name)!);
    const etaOn = await etas.of(fleet, ['dogs-cats'], numbers);
    expect(etaOn('dogs-cats', numbers[0])).toBeUndefined();
    const foreseen = await automation.simulateRollout({
      ...{ application: namespaceSubject('dogs-cats'), days: 7 },
      assume: { reportAfter: 10, failed: 0 },
    });
    expect(etaOn('dogs-cats', numbers[1])).toEqual({
      version: expect.any(String),
      ringStartsAt: foreseen.rings[1].startsAt,
      at: foreseen.arrivalOn(PILOT[0])!.toISOString(),
    });
    const { size } = labs.fleet.automation.view()!.snapshot;
    for (let round = 0; round < 20 && having().length < size; round++) {
      report('healthy');
      await labs.run(1);
    }
    report('healthy');
    await labs.run(1);
    report('healthy');
    await labs.run();
    expect(having()).toHaveLength(
      labs.fleet.automation
        .view()!
        .plan.applications.get('dogs-cats')!
        .placed.count(),
    );
    expect(having()).toContain(PILOT[0]);
    expect(await phases('dogs-cats')).toEqual([
      ...['done', 'done', 'done', 'done'],
    ]);
  });
});
