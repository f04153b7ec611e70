import { TestDatabases } from '@backstage/backend-test-utils';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { migrationsFolder } from '../database/openDatabase';
import { createTestFleet, TestFleet } from './__testUtils__/TestFleet';
import { BOT } from './bot';

const LABS = path.resolve(__dirname, '../../../../examples/labs');
const ANN = { name: 'Ann', email: 'ann@example.org' };
const IMDB = 'edgeapplication:default/imdb';
const RELEASE = 'apps/imdb/release.yaml';
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(120_000);

describe('what people change by hand on main', () => {
  let folder: string;
  let open: (direct?: string[]) => Promise<TestFleet>;
  let fleet: TestFleet;

  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-drift-'));
    await fs.cp(LABS, path.join(folder, 'labs'), { recursive: true });
    const knex = await databases.init('SQLITE_3');
    await knex.migrate.latest({ directory: migrationsFolder });
    open = (direct = ['*']) =>
      createTestFleet({
        knex,
        yamlFolder: path.join(folder, 'labs'),
        gitFolder: path.join(folder, 'gitops.git'),
        direct,
      });
    fleet = await open();
    await fleet.sync();
  });

  afterEach(async () => {
    await fs.rm(folder, { recursive: true, force: true });
  });

  async function edit(from: string, to: string, file = 'applications.yaml') {
    const name = path.join(folder, 'labs', file);
    const text = await fs.readFile(name, 'utf8');
    expect(text).toContain(from);
    await fs.writeFile(name, text.replace(from, to));
  }

  /** As `git push` of one commit would. */
  async function push(
    changes: Record<string, string | undefined>,
    people: {
      author?: typeof ANN;
      committer?: typeof ANN;
      message?: string;
    } = {
      author: ANN,
    },
  ) {
    const { author = ANN, committer = ANN, message = 'Quick fix\n' } = people;
    return fleet.repository.commit({
      branch: 'main',
      parent: await fleet.repository.resolve('main'),
      author,
      committer,
      message,
      changes: Object.entries(changes).map(([file, content]) => ({
        path: file,
        content,
      })),
    });
  }

  const delivered = () =>
    fleet.read(
      'delivery/shard-001',
      'clusters/central-la-nola-2302/kustomization.yaml',
    );

  /** What `git revert` of the last release of imdb would. */
  async function revertRelease() {
    const before = (await fleet.read('main', RELEASE))!;
    const bill = await delivered();
    await edit("pageSize: '100'", "pageSize: '50'");
    await fleet.sync();
    const after = (await fleet.read('main', RELEASE))!;
    expect(after).not.toBe(before);
    await push({ [RELEASE]: before });
    return { before, after, bill };
  }

  const problemsOf = (ref: string) =>
    fleet.automation
      .view()!
      .problems.filter(({ entity }) => entity === ref)
      .map(({ message }) => message);

  async function settle(decision: 'adopt' | 'discard', ref = IMDB) {
    const [{ digest }] = (await fleet.automation.listDrift()).filter(
      drift => drift.entity === ref,
    );
    await fleet.automation.settleDrift({
      ref,
      digest,
      decision,
      actor: 'user:default/ann',
      reason: 'It was night',
    });
    await fleet.automation.run('test');
  }

  it.each([['by the same process'], ['after a restart']])(
    'is delivered and held, though its place is merged directly, %s',
    async when => {
      const { before, bill } = await revertRelease();
      expect(await delivered()).not.toBe(bill);
      if (when === 'after a restart') fleet = await open();
      await fleet.sync();
      expect(await delivered()).toBe(bill);
      await edit('version: 0.9.2', 'version: 0.9.3');
      await fleet.sync();

      expect(await fleet.read('main', RELEASE)).toBe(before);
      expect(problemsOf(IMDB)).toEqual([
        expect.stringMatching(
          /^"Ann" changed apps\/imdb\/release\.yaml by hand on main \(commit [0-9a-f]{12}, .*\); nothing else is merged over it until somebody adopts or discards it$/,
        ),
      ]);
      // The others go on.
      expect(await fleet.read('main', 'apps/dogs-cats/release.yaml')).toContain(
        '0.9.3',
      );
      const [drift, ...others] = await fleet.automation.listDrift();
      expect(others).toEqual([]);
      expect(drift).toMatchObject({
        entity: IMDB,
        paths: [RELEASE],
        commits: [{ author: 'Ann', subject: 'Quick fix' }],
      });
      const { files } = await fleet.automation.getDrift(IMDB);
      expect(files).toEqual([
        expect.objectContaining({
          path: RELEASE,
          patch: expect.stringContaining('+      pageSize: "100"'),
        }),
      ]);
    },
  );

  it('adopted, it is what is decided; what is registered asks a person, and only then is merged again', async () => {
    const { before, after } = await revertRelease();
    await fleet.sync();
    await settle('adopt');

    expect(await fleet.read('main', RELEASE)).toBe(before);
    expect(await fleet.automation.listDrift()).toEqual([]);
    const [head] = await fleet.repository.log('main', { limit: 1 });
    expect(head).toMatchObject({ author: { name: 'ann' }, committer: BOT });
    expect(head.trailers.get('Approved-by')).toEqual(['user:default/ann']);
    expect(problemsOf(IMDB)).toEqual([]);
    const [request, ...more] = await fleet.stores.changeRequests.listOpen();
    expect(more).toEqual([]);
    expect(request.intent).toBe(IMDB);

    fleet = await open();
    await fleet.sync();
    expect(await fleet.read('main', RELEASE)).toBe(before);
    await fleet.automation.mergeChangeRequest(
      request.id,
      request.digest,
      'user:default/ann',
    );
    await fleet.sync();
    expect(await fleet.read('main', RELEASE)).toBe(after);
    // From here on its place is trusted again.
    await edit("pageSize: '50'", "pageSize: '25'");
    await fleet.sync();
    expect(await fleet.read('main', RELEASE)).toContain('25');
    expect(await fleet.stores.changeRequests.listOpen()).toEqual([]);
  });

  it('discarded, it is taken back, by whom and why', async () => {
    const { after } = await revertRelease();
    await fleet.sync();
    await settle('discard');

    expect(await fleet.read('main', RELEASE)).toBe(after);
    expect(await fleet.automation.listDrift()).toEqual([]);
    expect(fleet.automation.view()!.problems).toEqual([]);
    const log = await fleet.repository.log('main', { limit: 1 });
    expect(log[0].trailers.get('Discarded')).toHaveLength(1);
    expect(log[0].body).toContain('It was night');
  });

  it('decided about as it was read, and not as it is by now', async () => {
    await revertRelease();
    await fleet.sync();
    const [{ digest }] = await fleet.automation.listDrift();
    await push({ 'apps/imdb/note.yaml': 'a: 1\n' });
    const verdict = { ref: IMDB, digest, actor: 'user:default/ann' };
    await expect(
      fleet.automation.settleDrift({ ...verdict, decision: 'adopt' }),
    ).rejects.toThrow('More was changed by hand meanwhile');
    await expect(
      fleet.automation.settleDrift({
        ...verdict,
        ref: 'edgeapplication:default/redis',
        decision: 'discard',
      }),
    ).rejects.toThrow('Nothing is changed by hand');
  });

  it('keeps its entity as it was decided last where it cannot be read, and stops no other', async () => {
    const placed = fleet.automation
      .view()!
      .delivered.applicationClusters('imdb');
    expect(placed).toBeGreaterThan(0);
    await push({ [RELEASE]: 'rings: [\n', 'namespaces/redis/note': 'x' });
    await edit('version: 0.9.2', 'version: 0.9.3');
    fleet = await open();
    await fleet.sync();

    const view = fleet.automation.view()!;
    expect(view.delivered.applicationClusters('imdb')).toBe(placed);
    expect(view.decisions.applications.has('imdb')).toBe(true);
    expect(problemsOf(IMDB)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^main, apps\/imdb\/release\.yaml: /),
        expect.stringMatching(
          /^what main held at commit [0-9a-f]{12} goes on, until/,
        ),
      ]),
    );
    expect(await fleet.read('main', 'apps/dogs-cats/release.yaml')).toContain(
      '0.9.3',
    );
    await expect(settle('adopt')).rejects.toThrow('cannot be read');
    await settle('discard');
    await settle('discard', 'edgenamespace:default/redis');
    expect(fleet.automation.view()!.problems).toEqual([]);
  });

  it('holds an open change request, and lets go of it', async () => {
    fleet = await open([]);
    await edit("pageSize: '100'", "pageSize: '50'");
    await fleet.sync();
    const [request] = await fleet.stores.changeRequests.listOpen();
    const text = (await fleet.read('main', RELEASE))!;
    await push({ [RELEASE]: `# mine\n${text}` });
    const merge = () =>
      fleet.automation.mergeChangeRequest(
        request.id,
        request.digest,
        'user:default/ann',
      );
    // Before any run has seen the push, too.
    await expect(merge()).rejects.toThrow('adopt or discard that first');
    await fleet.sync();
    expect(await fleet.stores.changeRequests.get(request.id)).toMatchObject({
      state: 'open',
      blocked: expect.stringContaining('"Ann" changed apps/imdb/release.yaml'),
    });
    await settle('discard');
    expect(
      (await fleet.stores.changeRequests.get(request.id)).blocked,
    ).toBeUndefined();
    await merge();
    expect(await fleet.read('main', RELEASE)).toContain('"50"');
  });

  it('needs nobody where it was taken back by hand, or where it is what the automation alone derives', async () => {
    const before = (await fleet.read('main', RELEASE))!;
    await push({ [RELEASE]: `# mine\n${before}` });
    await push({ [RELEASE]: before });
    const shards = '.res-edge/shards/shard-001.yaml';
    const text = (await fleet.read('main', shards))!;
    await push({ [shards]: text.replace(/.*west-wa-sea-2301.*\n/, '') });
    await push({ 'README.md': 'Mine.\n' });
    await fleet.sync();
    await fleet.sync();
    expect(await fleet.automation.listDrift()).toEqual([]);
    expect(fleet.automation.view()!.problems).toEqual([]);
    expect(await fleet.read('main', shards)).toBe(text);
    expect(await fleet.read('main', 'README.md')).toBe('Mine.\n');
  });

  it.each([
    ['as its author', { author: BOT }],
    [
      'with the trailers of Res-Edge',
      { message: `Quick fix\n\nIntent: ${IMDB}\nPlan: x\nAdopted: x\n` },
    ],
    [
      'with the name of Res-Edge, for another entity',
      { author: BOT, committer: BOT, message: 'x\n\nIntent: a:default/b\n' },
    ],
    [
      'with the name of Res-Edge, for none',
      { author: BOT, committer: BOT, message: 'Record shards and targets\n' },
    ],
  ])('is known where somebody writes %s', async (_, people) => {
    const text = (await fleet.read('main', RELEASE))!;
    await push({ [RELEASE]: `# mine\n${text}` }, people);
    await fleet.sync();
    expect(
      (await fleet.automation.listDrift()).map(({ entity }) => entity),
    ).toEqual([IMDB]);
  });

  it('counts by its own commits where a person merges', async () => {
    const { repository } = fleet;
    const before = (await repository.resolve('main'))!;
    const text = (await fleet.read('main', RELEASE))!;
    const side = await repository.commit({
      branch: 'side',
      parent: before,
      expected: {},
      author: ANN,
      message: 'Aside\n',
      changes: [{ path: RELEASE, content: `# mine\n${text}` }],
    });
    await edit('version: 0.9.2', 'version: 0.9.3');
    await fleet.sync();
    // The other way round: main's own commits come in by the second parent.
    const main = (await repository.resolve('main'))!;
    await repository.merge({
      branch: 'main',
      into: 'side',
      author: ANN,
      message: 'Merge\n',
    });
    const merge = (await repository.resolve('side'))!;
    await repository.setBranch('main', merge, main);
    await fleet.sync();
    const drift = await fleet.automation.listDrift();
    expect(
      drift.map(({ entity, commits }) => [entity, commits.length]),
    ).toEqual([[IMDB, 1]]);
    expect(drift[0].commits[0].commit).toBe(side);
  });
});
