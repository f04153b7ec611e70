import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestRepository } from './__testUtils__/TestRepository';
import { checkVersion } from './checkGitVersion';
import { networkEnvironment } from './networkEnvironment';
import { redactSecrets } from './redactSecrets';
import { runGit } from './runGit';

let test: TestRepository;

beforeEach(async () => {
  test = await TestRepository.create();
});

afterEach(() => test.remove());

const run = (
  args: string[],
  options: Partial<Parameters<typeof runGit>[0]> = {},
) => runGit({ folder: test.repository.folder, args, ...options });

describe('runGit', () => {
  it("says git's own words when it fails, without secrets", async () => {
    const attempt = run(['clone', 'https://ann:s3cret@example.org/x', '/-']);
    await expect(attempt).rejects.toMatchObject({
      name: 'GitError',
      status: 128,
      message: expect.stringMatching(/^git clone failed: .*https/s),
    });
    await expect(attempt).rejects.toThrow(/^((?!s3cret|ann:).)*$/s);
  });

  it('bounds the output', async () => {
    await test.commit('main', { a: 'x'.repeat(100_000) });
    const show = ['cat-file', 'blob', 'main:a'];
    await expect(run(show, { maxOutputBytes: 1000 })).rejects.toThrow(
      'git cat-file failed: more than 1000 bytes of output',
    );
    const cut = await run(show, { maxOutputBytes: 1000, onExcess: 'truncate' });
    expect(cut).toMatchObject({ truncated: true });
    expect(cut.stdout).toHaveLength(1000);
    const whole = await run(show, { maxOutputBytes: 100_000 });
    expect(whole).toMatchObject({ truncated: false, status: 0 });
  });

  it('ends git when what takes the output fails', async () => {
    await test.commit('main', { a: 'x'.repeat(1_000_000) });
    await expect(
      run(['cat-file', 'blob', 'main:a'], {
        onOutput: () => {
          throw new Error('enough');
        },
      }),
    ).rejects.toThrow('enough');
  });

  it('waits no longer than it may for a server that says nothing', async () => {
    const server = createServer(() => {});
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    try {
      const attempt = run(['ls-remote', `http://127.0.0.1:${port}/x`], {
        environment: networkEnvironment({}),
        timeoutMilliseconds: 500,
      });
      await expect(attempt).rejects.toMatchObject({
        isTimeout: true,
        message: 'git ls-remote failed: it did not end within 0.5 seconds',
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('does not mind input that git does not read', async () => {
    const { stdout } = await run(['version'], { input: 'x'.repeat(1_000_000) });
    expect(String(stdout)).toMatch(/^git version/);
  });

  it('listens to no environment, no configuration and no hooks of its surroundings', async () => {
    const home = await mkdtemp(join(tmpdir(), 'res-edge-home-'));
    const saved = { ...process.env };
    try {
      await writeFile(
        join(home, '.gitconfig'),
        '[user]\nname = other\n[core]\nquotePath = true\n[alias]\nversion = !exit 9\n',
      );
      const hooks = join(test.repository.folder, 'hooks');
      await mkdir(hooks);
      await writeFile(
        join(hooks, 'reference-transaction'),
        '#!/bin/sh\nexit 1\n',
        { mode: 0o755 },
      );
      process.env.HOME = home;
      process.env.GIT_DIR = join(home, 'elsewhere');
      process.env.GIT_AUTHOR_NAME = 'other';
      process.env.GIT_CONFIG_COUNT = '1';
      process.env.GIT_CONFIG_KEY_0 = 'core.bare';
      process.env.GIT_CONFIG_VALUE_0 = 'maybe';
      const commit = await test.commit('main', { a: '1' });
      expect(await test.repository.resolve('main')).toBe(commit);
      const { stdout } = await run(['config', '--list', '--show-origin']);
      expect(String(stdout)).not.toMatch(/other|maybe|gitconfig/);
    } finally {
      process.env = saved;
      await rm(home, { recursive: true, force: true });
    }
  });

  it('says what is missing where there is no git', async () => {
    const path = process.env.PATH;
    try {
      process.env.PATH = test.folder;
      await expect(run(['version'])).rejects.toThrow(
        'git 2.38 or newer must be installed',
      );
    } finally {
      process.env.PATH = path;
    }
  });
});

describe('checkVersion', () => {
  it.each(['git version 2.38.0', 'git version 2.39.5 (Apple Git-154)', '3.0'])(
    'takes %s',
    words => expect(() => checkVersion(words)).not.toThrow(),
  );

  it.each(['git version 2.37.9', 'git version 1.99', 'something else'])(
    'refuses %s',
    words =>
      expect(() => checkVersion(`${words}\n`)).toThrow(
        `git 2.38 or newer is needed, and this is ${words}`,
      ),
  );
});

describe('redactSecrets', () => {
  it.each([
    ['https://u:p@h/x', 'https://***@h/x'],
    ['https://token@h/x and ssh://git@h', 'https://***@h/x and ssh://***@h'],
    ["fatal: 'HTTPS://u:p@ss@h:80/a@b'", "fatal: 'HTTPS://***@h:80/a@b'"],
    ['https://h/x@y', 'https://h/x@y'],
    ['mail to a@b', 'mail to a@b'],
  ])('%s', (text, redacted) => expect(redactSecrets(text)).toBe(redacted));
});
