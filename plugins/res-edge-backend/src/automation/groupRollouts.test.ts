import { TestDatabases } from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import {
  buildAsFlux,
  KustomizeBuilder,
} from '@res-edge/backstage-plugin-res-edge-node';
import { reaching } from './__testUtils__/fluxBuilds';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { groupLabs, STORES } from './__testUtils__/groupLabs';
import { BETA, PILOT, RolloutLabs } from './__testUtils__/RolloutLabs';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const builder = KustomizeBuilder.create();

jest.setTimeout(600_000);

describe('values and components of groups', () => {
  let labs: RolloutLabs;

  const { edit, follow, report, phases, valuesOf, clusters, having, through } =
    groupLabs(() => labs);

  beforeEach(async () => {
    labs = await RolloutLabs.create(databases);
    await edit(text =>
      text.replace('channel: prod', 'channel: prod, receipt: short'),
    );
    await labs.fleet.sync();
  });

  afterEach(() => labs.remove());

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
