import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestGitServer, TOKEN } from '../__testUtils__/gitServer';
import { author, changesOf, date } from './__testUtils__/TestRepository';
import { GitRemote } from './GitRemote';
import { GitRepository } from './GitRepository';

let server: TestGitServer;
let folder: string;

beforeEach(async () => {
  server = await TestGitServer.create();
  folder = await mkdtemp(join(tmpdir(), 'res-edge-remote-'));
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const basic = (password: string) => ({
  Authorization: `Basic ${Buffer.from(`x:${password}`).toString('base64')}`,
});

async function copy(name: string, password = TOKEN): Promise<GitRepository> {
  const remote = GitRemote.create({
    url: `${server.url}.git`,
    headers: async () => basic(password),
  });
  return GitRepository.createBare(join(folder, name), { remote });
}

function commitTo(
  branch: string,
  parent: string | undefined,
  file: string,
  more: { archive?: string } = {},
) {
  const changes = changesOf({ [file]: file });
  return { branch, parent, changes, message: file, author, date, ...more };
}

const tip = (branch: string) => server.git('rev-parse', `refs/heads/${branch}`);

describe('a repository that is the copy of a server', () => {
  it('moves branches there first, and another copy fetches them', async () => {
    const one = await copy('one');
    await one.fetch();
    const begun = await one.commit(commitTo('main', undefined, 'a'));
    expect(await tip('main')).toBe(begun);
    await one.commitAll([
      commitTo('delivery/one', undefined, 'x'),
      commitTo('delivery/two', undefined, 'y'),
    ]);

    const other = await copy('other');
    await other.fetch();
    expect(await other.branches()).toEqual(await one.branches());
    const parent = await other.resolve('delivery/one');
    const archive = 'delivery/one/2026-01-02-0123';
    await other.commitAll([commitTo('delivery/one', parent, 'z', { archive })]);
    await other.deleteBranch('delivery/two', await tip('delivery/two'));
    await one.fetch();
    expect(await one.branches()).toEqual(await other.branches());
    expect(await one.archives()).toEqual(new Map([[archive, parent]]));
    await one.deleteArchives(await one.archives());
    await other.fetch();
    expect(await other.archives()).toEqual(new Map());
  });

  it('loses against who was faster, with nothing changed', async () => {
    const one = await copy('one');
    const other = await copy('other');
    const begun = await one.commit(commitTo('main', undefined, 'a'));
    await other.fetch();
    const won = await one.commit(commitTo('main', begun, 'b'));
    await expect(
      other.commit(commitTo('main', begun, 'c')),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      branch: 'main',
      found: won,
    });
    expect(await other.resolve('main')).toBe(begun);
    expect(await tip('main')).toBe(won);

    // Of many branches, the others move.
    await one.commitAll([commitTo('delivery/one', undefined, 'x')]);
    await expect(
      other.commitAll([
        commitTo('delivery/one', undefined, 'y'),
        commitTo('delivery/two', undefined, 'y'),
      ]),
    ).rejects.toThrow('Branch delivery/one has moved');
    expect(await other.resolve('delivery/one')).toBeUndefined();
    expect(await tip('delivery/two')).toBe(await other.resolve('delivery/two'));
  });

  it('asks where a branch stands when the answer to a push was lost', async () => {
    const one = await copy('one');
    const begun = await one.commit(commitTo('main', undefined, 'a'));
    const cut = (when: 'cut-before' | 'cut-after') => {
      server.fault = ({ path }) =>
        path.endsWith('/git-receive-pack') ? when : undefined;
    };
    cut('cut-after');
    const next = await one.commit(commitTo('main', begun, 'b'));
    expect(await tip('main')).toBe(next);
    cut('cut-before');
    await expect(one.commit(commitTo('main', next, 'c'))).rejects.toThrow(
      'git push failed',
    );
    expect(await one.resolve('main')).toBe(next);
    expect(await tip('main')).toBe(next);

    // Whoever dies before that finds it by the next fetch.
    let pushed = false;
    server.fault = ({ path }) => {
      if (pushed) return 'cut-before';
      pushed = path.endsWith('/git-receive-pack');
      return pushed ? 'cut-after' : undefined;
    };
    await expect(one.commit(commitTo('main', next, 'd'))).rejects.toThrow(
      'git ls-remote failed',
    );
    server.fault = () => undefined;
    expect(await one.resolve('main')).toBe(next);
    await one.fetch();
    expect(await one.resolve('main')).toBe(await tip('main'));
    expect(await one.resolve('main')).not.toBe(next);
  });

  it('does not take a main that is gone for one that never was', async () => {
    const one = await copy('one');
    const begun = await one.commit(commitTo('main', undefined, 'a'));
    await server.git('update-ref', '-d', 'refs/heads/main');
    await expect(one.fetch()).rejects.toThrow('refs/heads/main');
    expect(await one.resolve('main')).toBe(begun);
  });

  it('says what the server refuses, and keeps secrets', async () => {
    const one = await copy('one', 's3cret');
    const attempt = one.fetch();
    await expect(attempt).rejects.toThrow(/^git fetch failed: /);
    await expect(attempt).rejects.toThrow(
      expect.not.stringContaining(
        Buffer.from('x:s3cret').toString('base64'),
      ) as never,
    );
    const config = await readFile(join(folder, 'one/config'), 'utf8');
    expect(config).not.toMatch(/s3cret|http/);
  });
});
