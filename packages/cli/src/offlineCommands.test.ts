import { entityLine } from './__testUtils__/entities';
import { resedge } from './__testUtils__/resedge';
import { TestFolder } from './__testUtils__/TestFolder';

/*
 * The shapes of `-o json` as docs/cli.md gives them, whole: a key too many, one that is missing, or another type fails. And
 * each exit status of each command.
 */

type Check = (value: unknown, at: string) => void;

const is =
  (type: string): Check =>
  (value, at) =>
    expect([at, typeof value]).toEqual([at, type]);
const oneOf =
  (...values: unknown[]): Check =>
  (value, at) =>
    expect(values.map(known => [at, known])).toContainEqual([at, value]);
const listOf =
  (check: Check): Check =>
  (value, at) => {
    expect([at, Array.isArray(value)]).toEqual([at, true]);
    (value as unknown[]).forEach((item, i) => check(item, `${at}[${i}]`));
  };
const mapOf =
  (check: Check): Check =>
  (value, at) =>
    Object.entries(value as object).forEach(([key, item]) =>
      check(item, `${at}.${key}`),
    );
/** With just these keys; those that end with `?` may be left out. */
const record =
  (fields: Record<string, Check>): Check =>
  (value, at) => {
    is('object')(value, at);
    const found = value as Record<string, unknown>;
    const checks = new Map<string, Check>();
    for (const [key, check] of Object.entries(fields)) {
      const name = key.replace('?', '');
      if (name in found || !key.endsWith('?')) checks.set(name, check);
    }
    const keysOf = (names: Iterable<string>) => [at, [...names].sort()];
    expect(keysOf(Object.keys(found))).toEqual(keysOf(checks.keys()));
    for (const [name, check] of checks) check(found[name], `${at}.${name}`);
  };

const [text, number] = [is('string'), is('number')];
const names: Check = (value, at) => {
  listOf(text)(value, at);
  expect([at, value]).toEqual([at, [...(value as string[])].sort()]);
};
const problems = listOf(record({ entity: text, field: text, message: text }));
const set = record({
  count: number,
  sample: listOf(text),
  byGroup: listOf(
    record({
      ...{ group: text, 'title?': text, count: number, total: number },
      hierarchy: text,
    }),
  ),
});

const SHAPES: Record<string, Check> = {
  validate: record({
    entities: record({
      ...{ clusters: number, groups: number, namespaces: number },
      ...{ applications: number, policies: number },
    }),
    problems,
  }),
  select: record({ count: number, clusters: names }),
  plan: record({
    applications: mapOf(
      record({
        clusters: names,
        refused: listOf(
          record({
            cluster: text,
            step: oneOf('prohibit', 'fit', 'depend'),
            reason: text,
          }),
        ),
      }),
    ),
    problems,
    main: record({ added: names, changed: names, removed: names }),
    delivery: record({ bills: number, revisions: number, shards: number }),
  }),
  explain: record({
    application: text,
    cluster: text,
    placed: is('boolean'),
    'version?': text,
    summary: text,
    steps: listOf(
      record({
        step: oneOf('target', 'prohibit', 'fit', 'depend', 'hold'),
        verdict: oneOf('passed', 'failed', 'skipped'),
        'rule?': text,
        message: text,
        'wouldChange?': text,
      }),
    ),
  }),
  diff: record({
    entities: record({ added: names, changed: names, removed: names }),
    effects: listOf(
      record({
        kind: oneOf('application', 'namespace'),
        name: text,
        'version?': record({ 'from?': text, 'to?': text }),
        ...{ won: set, lost: set, changed: set, refused: set },
      }),
    ),
    problems,
  }),
};

/** The demo fleet, with a requirement that most clusters do not meet, and too little room on one. */
function goodFleet(): TestFolder {
  const fleet = TestFolder.labs();
  fleet.write(
    'more.ndjson',
    entityLine('EdgeCluster', 'small-one', {
      groups: ['beta'],
      capacity: { cpu: '1m' },
    }),
  );
  return fleet;
}

/** And an entity that is broken. */
function brokenFleet(): TestFolder {
  const fleet = goodFleet();
  fleet.write('broken.ndjson', entityLine('EdgeCluster', 'Not A Name'));
  return fleet;
}

function callsOn(fleet: TestFolder): Record<string, string[][]> {
  const at = fleet.path;
  return {
    validate: [[at]],
    select: [
      [at, '{groups: [beta]}'],
      [at, '{groups: [beta], exclude: [small-one]}'],
      [at, 'cluster.name == "nobody"'],
    ],
    plan: [[at, '--out', TestFolder.create().path]],
    explain: [
      [at, 'imdb', 'small-one'],
      [at, 'tabs-spaces', 'east-ga-atl-2301'],
      [at, 'dogs-cats', 'central-la-nola-2301'],
    ],
    diff: [
      [TestFolder.labs().path, at],
      [at, TestFolder.labs().path],
      [at, at],
    ],
  };
}

describe.each(Object.keys(SHAPES))('resedge %s', command => {
  it('answers in its shape, with status 0', async () => {
    for (const args of callsOn(goodFleet())[command]) {
      const answer = await resedge(command, ...args, '-o', 'json');
      SHAPES[command](answer.json(), 'answer');
      expect([args, answer.status, answer.stderr]).toEqual([args, 0, '']);
      const table = await resedge(command, ...args);
      expect([args, table.status]).toEqual([args, 0]);
      expect(table.stdout).not.toBe('');
    }
  });

  it('answers in its shape where something is broken, with status 1', async () => {
    const [args] = callsOn(brokenFleet())[command];
    const answer = await resedge(command, ...args, '-o', 'json');
    SHAPES[command](answer.json(), 'answer');
    expect(answer.status).toBe(1);
    // The problem is in the answer, or beside it where that has no place for it.
    expect(answer.stdout + answer.stderr).toContain('Not A Name');
    expect((await resedge(command, ...args)).status).toBe(1);
  });

  it('says nothing but what is wrong where it is called in a wrong way, with status 2', async () => {
    const [args] = callsOn(goodFleet())[command];
    const wrong = [
      [],
      ['/nowhere', ...args.slice(1)],
      [...args, 'too', 'many', 'arguments'],
      [...args, '--no-such-option'],
      [...args, '-o', 'xml'],
      ...(command === 'select' ? [] : [[...args, '--allowed-kinds', 'nofile']]),
    ];
    for (const call of wrong) {
      const { status, stdout, stderr } = await resedge(command, ...call);
      expect([call, status, stdout]).toEqual([call, 2, '']);
      expect(stderr).toMatch(/^resedge: .+\n/);
    }
  });
});

describe('--allowed-kinds', () => {
  const ROLE =
    '---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: heartbeat }\nrules: []\n';

  function fleetWithRole(kinds: string) {
    const fleet = TestFolder.labs();
    fleet.write('apps/heartbeat/role.yaml', ROLE);
    const description = 'apps/heartbeat/kustomization.yaml';
    fleet.replace(description, 'resources:', 'resources:\n  - role.yaml');
    const file = TestFolder.create({ 'kinds.yaml': kinds }).at('kinds.yaml');
    return { fleet, option: ['--allowed-kinds', file] };
  }

  it('lets an add-on bring kinds, as the configuration of the server does', async () => {
    const { fleet, option } = fleetWithRole('heartbeat: [ClusterRole]\n');
    const refused = await resedge('validate', fleet.path);
    expect(refused.status).toBe(1);
    expect(refused.stdout).toContain('ClusterRole belongs to the cluster');
    for (const command of ['validate', 'plan', 'explain', 'diff']) {
      const args = callsOn(fleet)[command].at(-1)!.slice(1);
      const call =
        command === 'diff' ? [fleet.path, fleet.path] : [fleet.path, ...args];
      const answer = await resedge(command, ...call, ...option);
      expect([command, answer.status, answer.stderr]).toEqual([command, 0, '']);
    }
  });

  it.each([
    ['heartbeat: ClusterRole', 'heartbeat must be a list of kinds'],
    ['heartbeat: [Gadget]', "heartbeat[0]: 'Gadget' is no kind"],
    ['[ClusterRole]', 'must be a mapping'],
    ['a: [', '--allowed-kinds'],
  ])('refuses %s', async (kinds, message) => {
    const { fleet, option } = fleetWithRole(kinds);
    const { status, stderr } = await resedge('validate', fleet.path, ...option);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});
