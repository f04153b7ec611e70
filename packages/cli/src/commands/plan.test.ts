import fs from 'node:fs';
import { entityLine } from '../__testUtils__/entities';
import { resedge } from '../__testUtils__/resedge';
import { TestFolder } from '../__testUtils__/TestFolder';

const NOTHING = {
  main: { added: [], changed: [], removed: [] },
  delivery: { bills: 0, revisions: 0, shards: 0 },
};

async function planned(fleet: TestFolder, out: TestFolder) {
  const { status, json, stderr } = await resedge(
    ...['plan', fleet.path, '--out', out.path, '-o', 'json'],
  );
  expect(stderr).toBe('');
  return { status, ...json() };
}

const bill = (cluster: string) =>
  `delivery/shard-001/clusters/${cluster}/kustomization.yaml`;

describe('resedge plan', () => {
  it('writes main and delivery, and tells what it did', async () => {
    const out = TestFolder.create();
    const answer = await planned(TestFolder.labs(), out);
    expect(answer.status).toBe(0);
    expect(Object.keys(answer)).toEqual([
      'status',
      'applications',
      'problems',
      'main',
      'delivery',
    ]);
    expect(answer.applications['dogs-cats']).toEqual({
      clusters: ['central-la-nola-2301', 'east-ga-atl-2301', 'west-ca-sd-2301'],
      refused: [],
    });
    expect(answer.applications['tabs-spaces'].clusters).toHaveLength(5);
    expect(answer.applications['tabs-spaces'].refused).toEqual([
      {
        cluster: 'east-ga-atl-2301',
        step: 'prohibit',
        reason: expect.stringContaining('posted notice in Georgia'),
      },
    ]);
    expect(answer.delivery).toMatchObject({ bills: 18, shards: 1 });
    expect(answer.problems).toEqual([]);

    const files = Object.keys(out.files());
    const main = files.filter(file => file.startsWith('main/'));
    expect(main.map(file => file.slice('main/'.length))).toEqual(
      answer.main.added,
    );
    expect(main).toEqual(
      expect.arrayContaining([
        'main/.res-edge/layout.yaml',
        'main/apps/imdb/versions/1.0.1/deployment.yaml',
        'main/namespaces/imdb/targets.lock.yaml',
        'main/policies/georgia-polling-notice.yaml',
      ]),
    );
    expect(out.read(bill('central-la-nola-2301'))).toMatch(
      /apps\/imdb\/revisions\/[0-9a-f]+\/flux # 1\.0\.1/,
    );
  });

  it('finds nothing to do a second time, and touches no file', async () => {
    const [fleet, out] = [TestFolder.labs(), TestFolder.create()];
    await planned(fleet, out);
    const before = out.files();
    const { mtimeMs } = fs.statSync(out.at(bill('central-la-nola-2301')));
    expect(await planned(fleet, out)).toMatchObject(NOTHING);
    expect(out.files()).toEqual(before);
    expect(fs.statSync(out.at(bill('central-la-nola-2301'))).mtimeMs).toBe(
      mtimeMs,
    );
  });

  it('writes just what a change asks for', async () => {
    const [fleet, out] = [TestFolder.labs(), TestFolder.create()];
    await planned(fleet, out);
    fleet.replace('applications.yaml', "pageSize: '100'", "pageSize: '200'");
    const answer = await planned(fleet, out);
    expect(answer.main).toMatchObject({ added: [], removed: [] });
    expect(answer.main.changed).toContain('apps/imdb/release.yaml');
    for (const file of answer.main.changed)
      expect(file).toMatch(/^apps\/imdb\/[a-z]+\.yaml$/);
    // The stores of the pilot have a revision of their own.
    expect(answer.delivery).toEqual({ bills: 18, revisions: 2, shards: 1 });

    fleet.replace('clusters.yaml', 'posHost: 10.1.1.10', 'posHost: 10.1.1.11');
    expect(await planned(fleet, out)).toMatchObject({
      main: { added: [], changed: [], removed: [] },
      delivery: { bills: 1, revisions: 0, shards: 1 },
    });
  });

  it('is the same from nothing as step by step', async () => {
    const fleet = TestFolder.labs();
    const [steps, once] = [TestFolder.create(), TestFolder.create()];
    await planned(fleet, steps);
    fleet.replace('namespaces.yaml', 'groups: [beta]', 'groups: [stores]');
    fleet.replace('clusters.yaml', 'posHost: 10.1.1.10', 'posHost: 10.1.1.11');
    await planned(fleet, steps);
    await planned(fleet, once);
    expect(steps.files()).toEqual(once.files());
  });

  it('removes what is registered no more, and nothing that is not its own', async () => {
    const [fleet, out] = [TestFolder.labs(), TestFolder.create()];
    await planned(fleet, out);
    const foreign = {
      'README.md': 'ours',
      'main/README.md': 'ours',
      'main/.github/workflows/check.yaml': 'ours',
      'main/policies/NOTES.txt': 'ours',
      'delivery/shard-001/README.md': 'ours',
      'delivery/notes.txt': 'ours',
    };
    for (const [file, text] of Object.entries(foreign)) out.write(file, text);
    fleet.remove('policies.yaml');
    fleet.replace(
      'clusters.yaml',
      /---\n[^]*?name: central-la-nola-2301[^]*?\n---\n/.exec(
        fleet.read('clusters.yaml'),
      )![0],
      '---\n',
    );
    const answer = await planned(fleet, out);
    expect(answer.problems).toEqual([]);
    expect(answer.main.removed).toEqual([
      'policies/georgia-polling-notice.yaml',
    ]);
    expect(answer.delivery.bills).toBe(2);
    expect(answer.applications['tabs-spaces'].refused).toEqual([]);
    expect(
      fs.existsSync(out.at('delivery/shard-001/clusters/central-la-nola-2301')),
    ).toBe(false);
    expect(out.files()).toMatchObject(foreign);
  });

  it('leaves what is broken as it is, and goes on with the rest', async () => {
    const [fleet, out] = [TestFolder.labs(), TestFolder.create()];
    await planned(fleet, out);
    const before = out.files();
    fleet.replace('applications.yaml', 'version: 1.0.1', 'version: 1.1');
    fleet.replace('clusters.yaml', 'posHost: 10.1.1.10', 'posHost: 101110');
    fleet.replace('namespaces.yaml', 'theme: night', 'theme: dusk');
    const answer = await planned(fleet, out);
    expect(answer.status).toBe(1);
    expect(answer.problems).toEqual([
      {
        entity: 'edgeapplication:default/imdb',
        field: 'spec.version',
        message: expect.stringMatching(
          /^must be .*, got 1\.1 \(applications\.yaml, document 3, line \d+\)$/,
        ),
      },
      {
        entity: 'edgecluster:default/central-la-nola-2301',
        field: 'spec.values.posHost',
        message: expect.stringMatching(
          /got 101110 \(clusters\.yaml, document \d+, line \d+\)$/,
        ),
      },
    ]);
    const line = Number(/line (\d+)/.exec(answer.problems[0].message)![1]);
    expect(fleet.read('applications.yaml').split('\n')[line - 1]).toContain(
      'version: 1.1',
    );
    expect(answer.main.removed).toEqual([]);
    const after = out.files();
    const kept = bill('central-la-nola-2301');
    expect(after[kept]).toBe(before[kept]);
    expect(after['main/apps/imdb/release.yaml']).toBe(
      before['main/apps/imdb/release.yaml'],
    );
    expect(after['main/namespaces/tabs-spaces/namespace.yaml']).toContain(
      'dusk',
    );
    expect(answer.delivery.bills).toBe(4);
  });

  it('takes nothing away where something could not be read', async () => {
    const [fleet, out] = [TestFolder.labs(), TestFolder.create()];
    await planned(fleet, out);
    const before = Object.keys(out.files());
    fleet.write('clusters.yaml', Buffer.from([0xff, 0xfe, 0x00]));
    fleet.remove('policies.yaml');
    const answer = await planned(fleet, out);
    expect(answer.status).toBe(1);
    expect(answer.problems[0].message).toBe(
      'clusters.yaml: the file is no UTF-8 text',
    );
    expect(answer.main.removed).toEqual([]);
    expect(Object.keys(out.files())).toEqual(before);
  });

  it('writes through no link', async () => {
    const [fleet, out] = [TestFolder.labs(), TestFolder.create()];
    const outside = TestFolder.create();
    fs.mkdirSync(out.at('delivery/shard-001'), { recursive: true });
    fs.symlinkSync(outside.path, out.at('delivery/shard-001/clusters'));
    const { status, stderr } = await resedge(
      ...['plan', fleet.path, '--out', out.path],
    );
    expect(status).toBe(2);
    expect(stderr).toContain(
      "'delivery/shard-001/clusters' in --out is no folder",
    );
    expect(outside.files()).toEqual({});
  });

  it('reads no source that is a link or leaves the folder', async () => {
    const fleet = TestFolder.labs();
    const secret = TestFolder.create({ 'kustomization.yaml': 'secret' });
    fs.symlinkSync(secret.path, fleet.at('apps/linked'));
    const application = (name: string, path: string) =>
      entityLine('EdgeApplication', name, {
        owner: 'group:default/pos-team',
        namespace: 'imdb',
        source: { path },
        version: '1.0.0',
      });
    fleet.write(
      'inner/more.ndjson',
      application('up', '../apps/redis') + application('gone', './nowhere'),
    );
    fleet.write('linked.ndjson', application('linked', './apps/linked'));
    const out = TestFolder.create();
    const answer = await planned(fleet, out);
    expect(answer.status).toBe(1);
    const byEntity = (a: { entity: string }, b: { entity: string }) =>
      a.entity < b.entity ? -1 : 1;
    expect(answer.problems.sort(byEntity)).toEqual([
      {
        entity: 'edgeapplication:default/gone',
        field: 'spec.source.path',
        message:
          "'./nowhere' does not exist beside inner/more.ndjson (inner/more.ndjson, line 2)",
      },
      {
        entity: 'edgeapplication:default/linked',
        field: 'spec.source.path',
        message:
          "'./apps/linked' cannot be read: 'linked' is a symbolic link (linked.ndjson, line 1)",
      },
      {
        entity: 'edgeapplication:default/up',
        field: 'spec.source.path',
        message:
          "'../apps/redis' leaves the folder of inner/more.ndjson; only paths inside of it are allowed (inner/more.ndjson, line 1)",
      },
    ]);
    expect(JSON.stringify(out.files())).not.toContain('secret');
    expect(Object.keys(answer.applications)).toHaveLength(5);
  });

  it('tells which component of a group does not build, and delivers the rest', async () => {
    const fleet = TestFolder.labs();
    fleet.write(
      'tax.ndjson',
      entityLine('EdgeGroup', 'audited', {
        type: 'audit',
        selector: { groups: ['stores.west'] },
        components: [
          {
            path: './components/broken',
            applications: { names: ['imdb'] },
          },
        ],
      }),
    );
    fleet.write(
      'components/broken/kustomization.yaml',
      `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
  - target: { kind: Nothing, name: nobody }
    path: patch.yaml
  - path: patch.yaml
`,
    );
    fleet.write(
      'components/broken/patch.yaml',
      'apiVersion: v1\nkind: Nothing\nmetadata: { name: nobody }\n',
    );
    const out = TestFolder.create();
    const answer = await planned(fleet, out);
    expect(answer.status).toBe(1);
    expect(answer.problems).toEqual(
      expect.arrayContaining([
        {
          entity: 'edgegroup:default/audited',
          field: 'spec.components',
          message: expect.stringMatching(
            /^component '1-broken' of group '[^']+' does not build with application 'imdb': kustomize: .* \(tax\.ndjson, line 1\)$/s,
          ),
        },
      ]),
    );
    expect(out.read(bill('east-ga-atl-2301'))).toContain('apps/imdb/');
    expect(out.read(bill('west-wa-sea-2301'))).toContain('apps/heartbeat/');
    expect(answer.delivery.bills).toBe(18);
  });

  it('does not read what it has written into the fleet itself', async () => {
    const fleet = TestFolder.labs();
    await planned(fleet, fleet);
    expect(await planned(fleet, fleet)).toMatchObject({
      status: 0,
      ...NOTHING,
    });
    expect(await resedge('validate', fleet.path)).toMatchObject({ status: 0 });
  });
});
