import { TestDatabases } from '@backstage/backend-test-utils';
import { InputError, NotFoundError } from '@backstage/errors';
import { groupSubject } from '@res-edge/backstage-plugin-res-edge-engine';
import {
  buildAsFlux,
  KustomizeBuilder,
} from '@res-edge/backstage-plugin-res-edge-node';
import { reaching } from './__testUtils__/fluxBuilds';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { RolloutEtas } from '../service/RolloutEtas';
import { BETA, HOUR, PILOT, RolloutLabs } from './__testUtils__/RolloutLabs';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const builder = KustomizeBuilder.create();
const STORES = groupSubject('stores');

jest.setTimeout(600_000);

describe('values and components of groups', () => {
  let labs: RolloutLabs;

  const edit = (change: (text: string) => string) =>
    labs.edit('groups.yaml', change);

  beforeEach(async () => {
    labs = await RolloutLabs.create(databases);
    await edit(text =>
      text.replace('channel: prod', 'channel: prod, receipt: short'),
    );
    await labs.fleet.sync();
  });

  afterEach(() => labs.remove());

  const follow = (name: string, rollout = 'store-rings') =>
    edit(text =>
      text.replace(
        new RegExp(`(name: ${name}, [^]*?spec:\n)`),
        `$1  rollout: ${rollout}\n`,
      ),
    );
  const report = (condition: 'healthy' | 'failed') => {
    const { plan } = labs.fleet.automation.view()!;
    for (const name of plan.applications.keys()) labs.report(condition, name);
  };
  const phases = async (subject = STORES) => {
    const { rollout } = await labs.latest(subject);
    return [rollout.phase, ...rollout.rings.map(({ phase }) => phase)];
  };
  const folderOf = async (cluster: string, file: string) => {
    const shard = labs.fleet.automation.view()!.delivered.shardOf(cluster)!;
    return (await labs.fleet.read(
      `delivery/${shard}`,
      `clusters/${cluster}/${file}`,
    ))!;
  };
  const valuesOf = (cluster: string) =>
    folderOf(cluster, 'values/kustomization.yaml');
  const clusters = () =>
    labs.fleet.automation
      .view()!
      .snapshot.clusters.map(({ metadata }) => metadata.name);
  /** Clusters whose values say that. */
  const having = async (line: string) => {
    const found: string[] = [];
    for (const cluster of clusters())
      if ((await valuesOf(cluster)).includes(line)) found.push(cluster);
    return found.sort();
  };
  const through = async (subject = STORES) => {
    for (let round = 0; round < 30; round++) {
      report('healthy');
      await labs.run(2);
      if ((await phases(subject))[0] === 'done') return;
    }
    throw new Error(`It is ${await phases(subject)}`);
  };

  it('come to one ring after the other, stop where they fail, and other groups go on', async () => {
    const before = await having('receipt="short"');
    expect(before).toHaveLength(clusters().length);
    await follow('stores');
    await edit(text => text.replace('receipt: short', 'receipt: long'));
    await labs.fleet.sync();
    expect(await having('receipt="long"')).toEqual(BETA);
    expect(await phases()).toEqual([
      ...['running', 'rolling', 'waiting', 'waiting'],
    ]);

    // Another group, and the cluster's place in the tree, wait for nothing.
    await edit(text =>
      text.replace('Good things take an ocean', 'Good things take a tide'),
    );
    await labs.fleet.sync();
    expect(await having('Good things take a tide')).toEqual(
      expect.arrayContaining(PILOT),
    );
    expect(await having('receipt="long"')).toEqual(BETA);

    report('healthy');
    await labs.run();
    await labs.run(2);
    expect(await phases()).toEqual([
      ...['running', 'done', 'rolling', 'waiting'],
    ]);
    expect(await having('receipt="long"')).toHaveLength(BETA.length + 1);
    report('failed');
    await labs.run();
    expect((await phases())[0]).toBe('stopped');
    expect(labs.fleet.automation.view()!.problems).toContainEqual({
      entity: 'edgegroup:default/stores',
      field: 'spec.rollout',
      message:
        'The rollout of its content has stopped: too many clusters, or one of its gates, failed',
    });
    expect(await having('receipt="long"')).toHaveLength(BETA.length + 1);

    // What it had before overtakes it, and has nothing to change where it never came.
    report('healthy');
    await edit(text => text.replace('receipt: long', 'receipt: short'));
    await labs.fleet.sync();
    await through();
    expect(await having('receipt="short"')).toHaveLength(before.length);
  });

  it('are taken back everywhere where they fail, and do not begin again until others are registered', async () => {
    const onMain = async () =>
      Promise.all(
        ['group.yaml', 'release.yaml'].map(file =>
          labs.fleet.read('main', `groups/stores/${file}`),
        ),
      );
    const receipt = (from: string, to: string) =>
      edit(text => text.replace(`receipt: ${from}`, `receipt: ${to}`));
    await follow('stores');
    await labs.fleet.sync();
    await through();
    const [group, release] = await onMain();
    await receipt('short', 'long');
    await labs.fleet.sync();
    expect(await having('receipt="long"')).toEqual(BETA);
    report('failed');
    await labs.run();
    expect((await phases())[0]).toBe('rolling-back');
    expect(await onMain()).toEqual([group, release]);
    report('healthy');
    await labs.run();
    expect(await having('receipt="short"')).toEqual(clusters().sort());
    expect((await phases())[0]).toBe('rolled-back');
    expect(await labs.moves(STORES)).toEqual([
      'beta: waiting > rolling',
      'all: running > rolling-back',
      'all: rolling-back > rolled-back',
    ]);
    expect(labs.fleet.automation.view()!.problems).toEqual([
      {
        ...{ entity: 'edgegroup:default/stores', field: 'spec.rollout' },
        message:
          'Its content was rolled back, and does not start again; another one does',
      },
    ]);

    // What else is registered of it comes all the same.
    await edit(text => text.replace('title: Stores }', 'title: Shops }'));
    await labs.fleet.sync();
    expect(await onMain()).toEqual([
      group!.replace('title: Stores', 'title: Shops'),
      release,
    ]);
    expect((await phases())[0]).toBe('rolled-back');
    expect(await having('receipt="long"')).toEqual([]);

    // Another one begins, and a person can take it back.
    await receipt('long', 'wide');
    await labs.fleet.sync();
    expect(await having('receipt="wide"')).toEqual(BETA);
    await labs.command('roll-back', STORES);
    await labs.run();
    await labs.run();
    expect(await having('receipt="short"')).toEqual(clusters().sort());
    expect((await phases())[0]).toBe('rolled-back');
    await labs.fleet.sync();
    expect(await having('receipt="wide"')).toEqual([]);
    await receipt('wide', 'short');
    await labs.fleet.sync();
    expect((await phases())[0]).toBe('rolled-back');
    expect(labs.fleet.automation.view()!.problems).toEqual([]);
  });

  it('are played as they come: with their rings, and when nothing is held on a cluster any more', async () => {
    await follow('stores');
    await labs.fleet.sync();
    await through();
    const simulate = (application = STORES) =>
      labs.fleet.automation.simulateRollout({
        ...{ application, days: 7 },
        assume: { reportAfter: 5, failed: 0 },
      });
    const next = await simulate();
    expect(next.rollout).toMatchObject({ version: 'next', phase: 'done' });
    expect(next.rings.map(({ clusters: count }) => count)).toEqual([
      ...[BETA.length, PILOT.length, clusters().length - 5],
    ]);

    // It holds an application that reads nothing of the group.
    const end = new Date(labs.now + 3 * HOUR).toISOString();
    await labs.write(
      'freeze.yaml',
      `
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: sale }
spec:
  type: freeze
  clusters: { include: [${BETA[0]}] }
  applications: { names: [imdb] }
  start: '2026-11-25T00:00Z'
  end: '${end.slice(0, 16)}Z'
  reason: A sale
`,
    );
    await edit(text => text.replace('receipt: short', 'receipt: long'));
    await labs.fleet.sync();
    report('healthy');
    expect(await having('receipt="long"')).toEqual([BETA[1]]);
    const played = await simulate();
    const { rollout } = await labs.latest(STORES);
    expect(played.rollout.release).toBe(rollout.release);
    // With the step of a simulation, which is five minutes.
    const late = played.arrivalOn(BETA[0])!.getTime() - new Date(end).getTime();
    expect([0, HOUR / 12]).toContain(late);
    const etas = RolloutEtas.create(labs.fleet.automation);
    const times = (await etas.of([rollout])).get(STORES);
    const [expected, starts] = [
      times!.rings.get('pilot')!.startsAt!,
      played.rings[1].startsAt!,
    ].map(time => Date.parse(time));
    expect([0, HOUR / 12]).toContain(Math.abs(expected - starts));
    expect(times?.whole.endsAt).toBeDefined();
    await labs.run(3);
    expect(await having('receipt="long"')).toEqual(BETA);
    await expect(simulate(groupSubject('nothing'))).rejects.toThrow(
      NotFoundError,
    );
  });

  it('keep a version that reads a new value waiting where the value has not come', async () => {
    await follow('stores');
    await labs.fleet.sync();
    await through();
    report('healthy');
    await edit(text =>
      text.replace('receipt: short', 'receipt: short, till: a'),
    );
    await labs.edit('apps/heartbeat/config.yaml', text =>
      text.replace('data:\n', 'data:\n  till: ${{ cluster.till }}\n'),
    );
    await labs.register('9.0.0', 'heartbeat');
    await labs.fleet.sync();
    expect(await having('till="a"')).toEqual(BETA);
    const has = () => labs.having('9.0.0', 'heartbeat');
    expect(has()).toEqual(BETA);
    const view = labs.fleet.automation.view()!;
    expect(view.problems).toEqual([]);
    const number = view.snapshot.numberOf(PILOT[0])!;
    expect(view.holding.waiting('heartbeat', number)?.reasons).toEqual([
      {
        rule: 'edgepolicy:default/store-rings',
        reason:
          "It waits for the content of group 'stores', whose rollout is running; its rings and batches come one after the other",
      },
    ]);
    await through();
    expect(has()).toHaveLength(clusters().length);
    expect(await having('till="a"')).toHaveLength(clusters().length);
  });

  it('bring a component to the builds of one ring after the other; a version waits with it, and all builds', async () => {
    await mkdir(join(labs.folder, 'receipts'));
    const component = (text: string) =>
      labs.write(
        'receipts/kustomization.yaml',
        `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
  - target: { kind: ConfigMap, name: heartbeat }
    patch: |-
      - { op: add, path: /data/receipts, value: ${text} }
`,
      );
    const printed = async () => {
      const found = new Map<string, string>();
      const { delivered, snapshot } = labs.fleet.automation.view()!;
      const { repository } = labs.fleet;
      for (const { metadata } of snapshot.clusters) {
        const shard = delivered.shardOf(metadata.name)!;
        const tip = await repository.resolve(`delivery/${shard}`);
        const tree = await repository.read(tip!, () => true);
        const { kustomizations } = await buildAsFlux(
          reaching(builder),
          tree,
          metadata.name,
        );
        const config = kustomizations
          .get('app-heartbeat')!
          .find(({ kind }) => kind === 'ConfigMap') as unknown as {
          data: { receipts: string };
        };
        found.set(metadata.name, config.data.receipts);
      }
      return found;
    };
    const printing = async (text: string) =>
      [...(await printed())]
        .filter(([, found]) => found === text)
        .map(([cluster]) => cluster)
        .sort();
    await component('thermal');
    await follow('stores');
    await edit(text =>
      text.replace(
        'name: stores, title: Stores }\nspec:\n',
        '$&  components:\n    - { path: ./receipts, applications: { names: [heartbeat] } }\n',
      ),
    );
    await labs.fleet.sync();
    expect(await printing('thermal')).toEqual(BETA);
    await through();
    expect(await printing('thermal')).toHaveLength(clusters().length);

    await component('laser');
    await labs.register('9.0.0', 'heartbeat');
    await labs.fleet.sync();
    expect(await printing('laser')).toEqual(BETA);
    expect(labs.having('9.0.0', 'heartbeat')).toEqual(BETA);
    await through();
    expect(await printing('laser')).toHaveLength(clusters().length);
    expect(labs.having('9.0.0', 'heartbeat')).toHaveLength(clusters().length);
    expect(labs.fleet.automation.view()!.problems).toEqual([]);

    // Taken back, builds have the former files; those that are registered are known by what is in them.
    await component('ink');
    await labs.fleet.sync();
    expect(await printing('ink')).toEqual(BETA);
    await labs.command('roll-back', STORES);
    for (let round = 0; round < 3; round++) {
      report('healthy');
      await labs.run();
    }
    expect((await phases())[0]).toBe('rolled-back');
    await labs.fleet.sync();
    expect(await printing('laser')).toHaveLength(clusters().length);
    await component('gel');
    await labs.fleet.sync();
    expect(await printing('gel')).toEqual(BETA);
    expect(await printing('laser')).toHaveLength(
      clusters().length - BETA.length,
    );
    expect(labs.fleet.automation.view()!.problems).toEqual([]);
  });

  it('stay as they are delivered where nobody knows the rings, and go on where the group names none', async () => {
    await follow('stores', 'store-circles');
    await edit(text => text.replace('receipt: short', 'receipt: long'));
    await labs.fleet.sync();
    expect(await having('receipt="long"')).toEqual([]);
    expect(labs.fleet.automation.view()!.problems).toEqual([
      {
        entity: 'edgegroup:default/stores',
        field: 'spec.rollout',
        message:
          'There is no such policy of type rollout on main, or its rings cannot be found; what is delivered stays',
      },
    ]);
    await expect(
      labs.fleet.automation.simulateRollout({
        ...{ application: STORES, days: 1 },
        assume: { reportAfter: 10, failed: 0 },
      }),
    ).rejects.toThrow(InputError);
    await edit(text => text.replace('  rollout: store-circles\n', ''));
    await labs.fleet.sync();
    expect(await having('receipt="long"')).toHaveLength(clusters().length);
    expect(await valuesOf(PILOT[0])).not.toContain('# group stores ');
  });
});
