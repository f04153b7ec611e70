import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import fs from 'node:fs/promises';
import path from 'node:path';
import { migrationsFolder } from '../database/openDatabase';
import { SmallGitHubFleet } from './__testUtils__/SmallGitHubFleet';
import { TestFleet } from './__testUtils__/TestFleet';
import { approvableOf } from './ApprovableDecision';

const ANN = 'user:default/ann';
const BOB = 'user:default/bob';
const APPROVALS = 'res-edge/approvals';
const GUARDS = 'res-edge/guards';
const POLICY = `
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: operations }
spec:
  type: approval
  steps: [{ from: [group:default/operations], count: 1 }]
`;
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(300_000);

describe('checks of pull requests', () => {
  let small: SmallGitHubFleet;
  let knex: Knex;
  let fleet: TestFleet;

  beforeEach(async () => {
    small = await SmallGitHubFleet.create();
    knex = await databases.init('SQLITE_3');
    await knex.migrate.latest({ directory: migrationsFolder });
    await (await small.open(knex, { direct: ['*'] })).sync();
    fleet = await small.open(knex);
    small.server.api.pulls.required = [APPROVALS, GUARDS];
  });

  afterEach(async () => {
    await small.remove();
  });

  /** From here on somebody has to agree to what the application asks for. */
  async function askOperations() {
    const file = path.join(small.yamlFolder, 'direct.yaml');
    const text = await fs.readFile(file, 'utf8');
    const documents = text
      .split('---\n')
      .map(each =>
        each.includes('kind: EdgeNamespace')
          ? each.replace(/^spec:$/m, 'spec:\n  policies: [operations]')
          : each,
      );
    await fs.writeFile(file, [...documents, POLICY].join('---\n'));
    await fleet.sync();
  }

  const request = async () => (await fleet.stores.changeRequests.listOpen())[0];

  async function change() {
    small.pageSize += 1;
    const file = path.join(small.yamlFolder, 'applications.yaml');
    const text = await fs.readFile(file, 'utf8');
    const to = `pageSize: "${small.pageSize}"`;
    await fs.writeFile(file, text.replace(/pageSize: .*/, to));
    await fleet.sync();
    return request();
  }

  const statuses = async () => {
    const { api } = small.server;
    const { headCommit } = await request();
    return Object.fromEntries(
      [APPROVALS, GUARDS].map(name => {
        const found = api.pulls.statusOf(headCommit!, name);
        return [name, found && `${found.state}: ${found.description}`];
      }),
    );
  };
  const posted = () =>
    small.server.api.calls.filter(call => call.startsWith('POST /statuses'))
      .length;
  const answer = async (verdict: 'approve' | 'refuse', reason?: string) =>
    fleet.approvals.answer(approvableOf(await request()), {
      ...{ actor: BOB, verdict, reason },
      identities: [BOB, 'group:default/operations'],
    });
  const mergeThere = async () => {
    const { number } = (await request()).pullRequest!;
    return small.server.api.pulls.merge(number, {}, 'octocat');
  };

  it('say that nobody has to agree, once', async () => {
    await change();
    expect(await statuses()).toEqual({
      [APPROVALS]: 'success: Nobody has to agree',
      [GUARDS]: 'success: Takes nothing away',
    });
    expect(posted()).toBe(2);
    await fleet.automation.run('test');
    // Another replica, or this one when it starts again, knows what was told.
    fleet = await small.open(knex, { copy: 'other.git' });
    await fleet.automation.run('test');
    expect(posted()).toBe(2);
    await mergeThere();
    await fleet.automation.run('test');
    await small.assertWhole(fleet);
  });

  it('keep GitHub from merging until those agreed who have to', async () => {
    await askOperations();
    await change();
    expect(await statuses()).toMatchObject({
      [APPROVALS]:
        "pending: approval 'operations' waits for 1 of group:default/operations",
    });
    await expect(mergeThere()).rejects.toThrow('is expected');

    await answer('refuse', 'Not today');
    await fleet.automation.run('test');
    expect(await statuses()).toMatchObject({
      [APPROVALS]: `failure: ${BOB} refused it by approval 'operations': Not today`,
    });
    await answer('approve');
    await fleet.automation.run('test');
    expect(await statuses()).toMatchObject({
      [APPROVALS]: `success: Agreed: ${BOB}`,
    });
    // The guards had nothing new to say.
    expect(posted()).toBe(4);

    // Another decision is another commit, and asks again.
    await change();
    await expect(mergeThere()).rejects.toThrow('is expected');
    await answer('approve');
    await fleet.automation.run('test');
    await mergeThere();
    await fleet.automation.run('test');
    expect(await fleet.automation.listDrift()).toEqual([]);
  });

  it('let the portal merge at once what was agreed to, and what is merged by break-glass', async () => {
    await askOperations();
    const first = await change();
    await answer('approve');
    const merge = (
      { id, digest }: Awaited<ReturnType<typeof request>>,
      breakGlass?: string,
    ) => fleet.automation.mergeChangeRequest(id, digest, ANN, breakGlass);
    await merge(first);
    await fleet.automation.run('test');

    const second = await change();
    await expect(merge(second)).rejects.toThrow('waits for 1 of');
    small.server.api.pulls.mergeAllowed = false;
    await expect(merge(second, 'A price error')).rejects.toThrow(
      'GitHub does not merge',
    );
    // What was told for that merge alone is taken back.
    expect(await statuses()).toMatchObject({
      [APPROVALS]: expect.stringMatching(/^pending/),
    });
    small.server.api.pulls.mergeAllowed = true;
    await merge(second, 'A price error');
    const told = small.server.api.pulls.statusOf(second.headCommit!, APPROVALS);
    expect(told!.description).toBe(
      `${ANN} merges without approval: A price error`,
    );
  });

  it('fail where the portal would not merge', async () => {
    const { id } = await change();
    const text = (await fleet.read('main', 'apps/imdb/release.yaml'))!;
    await fleet.repository.commit({
      branch: 'main',
      parent: await fleet.repository.resolve('main'),
      author: { name: 'Ann', email: 'ann@example.org' },
      message: 'Quick fix\n',
      changes: [
        { path: 'apps/imdb/release.yaml', content: `# mine\n${text}` },
        { path: `apps/imdb/${'long/'.repeat(30)}note`, content: '' },
      ],
    });
    await fleet.automation.run('test');
    const { blocked } = await fleet.stores.changeRequests.get(id);
    expect(blocked!.length).toBeGreaterThan(140);
    const { [GUARDS]: told } = await statuses();
    expect(told).toBe(`failure: ${blocked!.slice(0, 139)}…`);
  });

  it('are a problem while GitHub does not take them, and hold up nothing', async () => {
    small.server.fault = ({ path: asked }) =>
      asked.includes('/statuses/')
        ? { status: 403, body: { message: 'Resource not accessible' } }
        : undefined;
    await change();
    expect(
      fleet.automation.view()!.problems.map(({ message }) => message),
    ).toEqual([
      expect.stringMatching(
        /^GitHub does not set the status res-edge\/approvals of [0-9a-f]{12} \(403\): Resource not accessible/,
      ),
    ]);
    small.server.fault = () => undefined;
    await fleet.automation.run('test');
    expect(fleet.automation.view()!.problems).toEqual([]);
    expect(await statuses()).toMatchObject({
      [GUARDS]: 'success: Takes nothing away',
    });
  });
});
