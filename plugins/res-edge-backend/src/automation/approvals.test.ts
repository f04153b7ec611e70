import { TestDatabases } from '@backstage/backend-test-utils';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { migrationsFolder } from '../database/openDatabase';
import { StoredChangeRequest } from '../database';
import { createTestFleet, TestFleet } from './__testUtils__/TestFleet';
import { approvableOf } from './ApprovableDecision';
import { ApprovalAnswer } from './Approvals';

const LABS = path.resolve(__dirname, '../../../../examples/labs');
const HOUR = 60 * 60 * 1000;
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

jest.setTimeout(120_000);

const POLICY = `
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: two-of-operations }
spec:
  type: approval
  steps:
    - { from: [group:default/operations], count: 2 }
    - { from: [user:default/judge] }
  validFor: 8h
`;

describe.each(databases.eachSupportedId())('approvals, %s', databaseId => {
  let folder: string;
  let now = 0;
  let fleet: TestFleet;

  beforeEach(async () => {
    now = Date.parse('2026-11-20T12:00:00Z');
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-approvals-'));
    await fs.cp(LABS, path.join(folder, 'labs'), { recursive: true });
    await fs.writeFile(path.join(folder, 'labs', 'approvals.yaml'), POLICY);
    await edit('namespaces.yaml', text =>
      /name: dogs-cats\b/.test(text)
        ? text.replace(/^spec:$/m, 'spec:\n  policies: [two-of-operations]')
        : text,
    );
    const knex = await databases.init(databaseId);
    await knex.migrate.latest({ directory: migrationsFolder });
    const options = {
      knex,
      yamlFolder: path.join(folder, 'labs'),
      gitFolder: path.join(folder, 'gitops.git'),
      now: () => new Date(now),
    };
    const first = await createTestFleet({ ...options, direct: ['*'] });
    await first.sync();
    // Merged by its place at first; from here on as where every place is direct but for what an approval asks about.
    fleet = await createTestFleet({ ...options, direct: ['*'] });
    await fleet.sync();
  });

  afterEach(async () => {
    await fs.rm(folder, { recursive: true, force: true });
  });

  /** Changes the documents of a file. */
  async function edit(file: string, change: (document: string) => string) {
    const name = path.join(folder, 'labs', file);
    const documents = (await fs.readFile(name, 'utf8')).split(/^---$/m);
    await fs.writeFile(name, documents.map(change).join('---'));
  }

  const open = async (): Promise<StoredChangeRequest> => {
    const [request, ...more] = await fleet.stores.changeRequests.listOpen();
    expect(more).toEqual([]);
    return request;
  };
  const release = async (version: string) => {
    await edit('applications.yaml', text =>
      /name: dogs-cats\b/.test(text)
        ? text.replace(/version: .*/, `version: ${version}`)
        : text,
    );
    await fleet.sync();
    return open();
  };
  const say = (
    request: StoredChangeRequest,
    actor: string,
    more: Partial<ApprovalAnswer> = {},
  ) =>
    fleet.approvals.answer(approvableOf(request), {
      actor: `user:default/${actor}`,
      identities: [
        `user:default/${actor}`,
        ...(actor === 'judge' ? [] : ['group:default/operations']),
      ],
      verdict: 'approve',
      ...more,
    });
  const merge = (request: StoredChangeRequest, breakGlass?: string) =>
    fleet.automation.mergeChangeRequest(
      request.id,
      request.digest,
      'user:default/ann',
      breakGlass,
    );
  const lastOfMain = async () => {
    const [commit] = await fleet.repository.log('main', { limit: 1 });
    return commit.body;
  };

  it('hold a change back, also where its place is merged directly, until all agreed', async () => {
    const request = await release('0.9.3');
    expect(request.title).toContain('dogs-cats 0.9.3');
    await expect(merge(request)).rejects.toThrow(
      "approval 'two-of-operations' waits for 2 of group:default/operations",
    );
    await expect(say(request, 'judge')).rejects.toThrow(
      'it asks group:default/operations now, one after the other',
    );
    await say(request, 'ann');
    await say(request, 'ann');
    await expect(merge(request)).rejects.toThrow('waits for 1 of');
    await say(request, 'bob');
    await say(request, 'judge');
    await merge(request);
    const message = await lastOfMain();
    for (const name of ['ann', 'bob', 'judge'])
      expect(message).toContain(`Approved-by: user:default/${name}`);
  });

  it('apply to no other decision', async () => {
    const first = await release('0.9.3');
    for (const name of ['ann', 'bob', 'judge']) await say(first, name);
    const second = await release('0.9.4');
    expect(second.id).toBe(first.id);
    await expect(merge(second)).rejects.toThrow('waits for 2 of');
    await expect(merge(first)).rejects.toThrow('changed meanwhile');
  });

  it('are stopped by a refusal, and lapse', async () => {
    const request = await release('0.9.3');
    for (const name of ['ann', 'bob', 'judge']) await say(request, name);
    await say(request, 'bob', { verdict: 'refuse', reason: 'Black Friday' });
    await expect(merge(request)).rejects.toThrow(
      "user:default/bob refused it by approval 'two-of-operations': Black Friday",
    );
    await say(request, 'bob');
    now += 8 * HOUR;
    await expect(merge(request)).rejects.toThrow('waits for 2 of');
  });

  it('that were given in advance merge when they count', async () => {
    const request = await release('0.9.3');
    const from = new Date(now + 2 * HOUR);
    for (const name of ['ann', 'bob', 'judge'])
      await say(request, name, { from, merge: true });
    await fleet.automation.run('test');
    expect((await open()).state).toBe('open');
    await expect(merge(request)).rejects.toThrow('given in advance');
    now += 2 * HOUR;
    await fleet.automation.run('test');
    await fleet.automation.run('test');
    const merged = await fleet.stores.changeRequests.get(request.id);
    expect(merged).toMatchObject({
      state: 'merged',
      mergedBy: 'user:default/judge',
    });
    const { decisions } = fleet.automation.view()!;
    expect(decisions.applications.get('dogs-cats')!.entity.spec.version).toBe(
      '0.9.3',
    );
  });

  it('are not for who wrote the change', async () => {
    await release('0.9.3');
    await fleet.stores.inventory.apply(
      [
        {
          action: 'patch',
          kind: 'EdgeApplication',
          name: 'dogs-cats',
          patch: { spec: { version: '0.9.5' } },
        },
      ],
      {
        actor: 'user:default/ann',
        origin: { type: 'catalog', location: undefined },
        atomic: true,
      },
    );
    await fleet.automation.run('test');
    const request = await open();
    await expect(say(request, 'ann')).rejects.toThrow(
      'who asked for a change or wrote it cannot approve it',
    );
    await say(request, 'bob');
  });

  it('can be done without, with a reason that stays', async () => {
    const request = await release('0.9.3');
    await merge(request, 'Tills are down');
    const message = await lastOfMain();
    expect(message).toContain('Break-glass: Tills are down');
    expect(message).toContain('Approved-by: user:default/ann');
  });

  it('are asked for by what they are themselves', async () => {
    await edit('approvals.yaml', text => text.replace('count: 2', 'count: 1'));
    await fleet.sync();
    const request = await open();
    expect(request.intent).toBe('edgepolicy:default/two-of-operations');
    await expect(merge(request)).rejects.toThrow('waits for 2 of');
  });
});
