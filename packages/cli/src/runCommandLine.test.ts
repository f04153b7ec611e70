import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { resedge } from './__testUtils__/resedge';
import { TestFolder } from './__testUtils__/TestFolder';
import { runCommandLine } from './runCommandLine';

const LABS = path.resolve(__dirname, '../../../examples/labs');
const BIN = path.resolve(__dirname, '../bin/resedge');

describe('resedge', () => {
  it('is a program, with its answer alone on standard output', () => {
    const args = ['select', LABS, '{groups: [beta]}', '-o', 'json'];
    const { status, stdout, stderr } = spawnSync(BIN, args, {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      count: 3,
      clusters: ['central-la-nola-2301', 'east-ga-atl-2301', 'west-ca-sd-2301'],
    });
    expect(status).toBe(0);
  });

  it('hands its exit status on', () => {
    const { status, stdout, stderr } = spawnSync(
      BIN,
      ['validate', '/nowhere'],
      {
        encoding: 'utf8',
      },
    );
    expect(stdout).toBe('');
    expect(stderr).toBe(
      "resedge: there is no folder '/nowhere'\nSee: resedge validate --help\n",
    );
    expect(status).toBe(2);
  });

  it('tells what it can do', async () => {
    const general = await resedge('--help');
    expect(general.status).toBe(0);
    for (const name of ['validate', 'select', 'plan', 'explain', 'diff']) {
      expect(general.stdout).toContain(`resedge ${name} `);
      const help = await resedge(name, '--help');
      expect(help.status).toBe(0);
      expect(help.stdout).toContain('Examples:');
      expect(help.stdout).toContain(`  resedge ${name} `);
      expect(await resedge('help', name)).toMatchObject({
        stdout: help.stdout,
      });
    }
  });

  it.each([
    [[], 'Usage:'],
    [['deploy'], "unknown command 'deploy'"],
    [['validate'], 'needs FOLDER, got nothing'],
    [['validate', LABS, LABS], 'needs FOLDER, got'],
    [['validate', ''], 'FOLDER is empty'],
    [
      ['validate', LABS, '-o', 'xml'],
      "'xml' is invalid. Allowed choices are table, json",
    ],
    [['validate', LABS, '--out', 'x'], "unknown option '--out'"],
    [['validate', LABS, '--force'], "unknown option '--force'"],
    [['validate', `${LABS}/all.yaml`], 'there is no folder'],
    [['plan', LABS], "required option '--out <dir>' not specified"],
    [['plan', LABS, '--out', `${LABS}/all.yaml`], 'is no folder'],
    [['explain', LABS, 'imdb', 'nowhere'], "there is no cluster 'nowhere'"],
    [['explain', LABS, 'nothing', 'central-tx-atx-2301'], "'nothing'"],
    [['select', LABS, '/g/nowhere'], 'nowhere'],
    [['select', LABS, 'cluster.name =='], 'SELECTOR at character'],
    [['select', LABS, '{groups: [beta]'], 'SELECTOR is no mapping'],
    [['select', LABS, '{teams: [beta]}'], "SELECTOR in teams: 'teams'"],
  ])('says what is wrong with %j, with status 2', async (args, message) => {
    const { status, stdout, stderr } = await resedge(...args);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  it('says in a table and in JSON that a folder is valid', async () => {
    expect(await resedge('validate', LABS)).toMatchObject({
      status: 0,
      stdout:
        '18 clusters, 18 groups, 4 namespaces, 5 applications, 1 policy\nno problems\n',
    });
    const { json } = await resedge('validate', LABS, '-o', 'json');
    expect(json()).toEqual({
      entities: {
        clusters: 18,
        groups: 18,
        namespaces: 4,
        applications: 5,
        policies: 1,
      },
      problems: [],
    });
  });

  it.each([
    ['{"groups": ["beta"]}', 3],
    ['{all: true}', 18],
    ['groups: [beta]', 3],
    ['cluster.labels.ring in ["beta", "pilot"]', 6],
    ['/g/stores/central and not /m/ring/prod', 2],
    ['not /g/stores/central', 12],
    ['/n/tabs-spaces', 6],
    ['cluster.labels.ring == "beta" ? true : cluster.inGroup("pilot")', 6],
  ])('selects by %s', async (selector, count) => {
    const { status, json } = await resedge(
      'select',
      LABS,
      selector,
      '-o',
      'json',
    );
    expect(status).toBe(0);
    expect(json()).toMatchObject({ count });
    expect(json().clusters).toHaveLength(count);
    expect(json().clusters).toEqual([...json().clusters].sort());
  });

  it('explains a placement and a refusal', async () => {
    const args = ['explain', LABS, 'tabs-spaces', 'east-ga-atl-2301'];
    const { status, json } = await resedge(...args, '-o', 'json');
    expect(status).toBe(0);
    expect(json()).toMatchObject({
      application: 'tabs-spaces',
      cluster: 'east-ga-atl-2301',
      placed: false,
      steps: [
        { step: 'target', verdict: 'passed' },
        {
          step: 'prohibit',
          verdict: 'failed',
          rule: 'edgepolicy:default/georgia-polling-notice',
        },
        { step: 'fit', verdict: 'skipped' },
        { step: 'depend', verdict: 'skipped' },
      ],
    });
    const placed = await resedge('explain', LABS, 'imdb', 'east-ga-atl-2301');
    expect(placed.stdout).toContain(
      "'imdb' in version 1.0.1 is placed on 'east-ga-atl-2301'",
    );
  });

  it('tells what a second folder would change', async () => {
    const changed = TestFolder.labs();
    changed.replace('namespaces.yaml', 'groups: [beta]', 'groups: [pilot]');
    changed.write(
      'more.yaml',
      'apiVersion: res-edge.io/v1alpha1\nkind: EdgeGroup\nmetadata: { name: new }\nspec: { type: trial }\n',
    );
    const { status, json } = await resedge(
      'diff',
      LABS,
      changed.path,
      '-o',
      'json',
    );
    expect(status).toBe(0);
    expect(json()).toMatchObject({
      entities: {
        added: ['edgegroup:default/new'],
        changed: ['edgenamespace:default/dogs-cats'],
        removed: [],
      },
      effects: [
        {
          kind: 'application',
          name: 'dogs-cats',
          version: { from: '0.9.2', to: '0.9.2' },
          won: { count: 3 },
          lost: { count: 3 },
          changed: { count: 0 },
          refused: { count: 0 },
        },
        { kind: 'namespace', name: 'dogs-cats' },
      ],
      problems: [],
    });
    const text = await resedge('diff', LABS, changed.path);
    expect(text.stdout).toContain('won on 3 clusters: central-tx-atx-2301');
    expect(await resedge('diff', LABS, LABS)).toMatchObject({
      stdout: 'no difference\n',
    });
  });

  it('shows progress on a terminal alone', async () => {
    let shown = '';
    const stderr = {
      isTTY: true,
      write(text: string) {
        shown += text;
        return true;
      },
      once: () => undefined,
    };
    const stdout = { ...stderr, isTTY: false, write: () => true };
    await runCommandLine(['validate', LABS], {
      stdout,
      stderr,
      stdin: process.stdin,
      env: {},
    });
    expect(shown).toContain('Reading entities');
    expect(shown.endsWith('\r\u001b[K')).toBe(true);
    expect((await resedge('validate', LABS)).stderr).toBe('');
  });
});
