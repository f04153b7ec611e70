import fs from 'node:fs';
import { resedgeWith } from '../__testUtils__/resedge';
import { TestFolder } from '../__testUtils__/TestFolder';
import { TestServer } from '../__testUtils__/TestServer';

const TOKEN = 'secret-token';

async function world() {
  const server = await TestServer.create(() => ({
    body: { items: [], total: 0 },
  }));
  const folder = TestFolder.create();
  const env = { XDG_CONFIG_HOME: folder.path };
  const run = (args: string, more: Record<string, string> = {}) =>
    resedgeWith({ ...env, ...more }, ...args.split(' '));
  const sent = async (args: string, more: Record<string, string> = {}) => {
    expect(await run(`get clusters ${args}`.trim(), more)).toMatchObject({
      status: 0,
    });
    return server.requests[server.requests.length - 1].headers.authorization;
  };
  return { server, folder, run, sent, file: 'resedge/config.yaml' };
}

describe('contexts and tokens', () => {
  it('keeps servers and tokens for its owner alone, and never shows a token', async () => {
    const { server, folder, run, sent, file } = await world();
    const set = await run(
      `config set-context prod --server ${server.url}/ --token-stdin`,
      { stdin: `${TOKEN}\n` },
    );
    expect(set).toMatchObject({ status: 0, stderr: '' });
    expect(fs.statSync(folder.at(file)).mode & 0o777).toBe(0o600);
    expect(fs.readdirSync(folder.at('resedge'))).toEqual(['config.yaml']);
    await run('config set-context lab --server https://lab.example.com');
    const shown = await run('config get-contexts');
    expect(shown.stdout).toMatch(/^\* +prod +http:\S+[^/] +kept$/m);
    expect(shown.stdout).toMatch(/^ +lab +https:\/\/lab.example.com +none$/m);
    expect(set.stdout + shown.stdout).not.toContain(TOKEN);
    expect(await sent('')).toBe(`Bearer ${TOKEN}`);
    await run('config use-context lab');
    expect((await run('config get-contexts')).stdout).toMatch(/^\* +lab/m);
    expect(await sent('--context prod')).toBe(`Bearer ${TOKEN}`);
    await run('config delete-context lab');
    expect((await run('config get-contexts -o name')).stdout).toBe('prod\n');
    expect(await run('get clusters')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('no server is known'),
    });
  });

  it('takes a token from a file, then the environment, then the context', async () => {
    const { server, folder, run, sent } = await world();
    folder.write('token', 'from-file\n');
    folder.write('kept', 'from-kept-file');
    const kept = folder.at('kept');
    await run(
      `config set-context prod --server ${server.url} --token-file ${kept}`,
    );
    expect(await sent('')).toBe('Bearer from-kept-file');
    const env = { RESEDGE_TOKEN: 'from-env' };
    expect(await sent('', env)).toBe('Bearer from-env');
    const option = `--token-file ${folder.at('token')}`;
    expect(await sent(option, env)).toBe('Bearer from-file');
  });

  it('gives the token of a context to no other server', async () => {
    const { server, run, sent } = await world();
    const elsewhere = '--server https://backstage.example.com';
    await run(`config set-context prod ${elsewhere} --token-stdin`, {
      stdin: TOKEN,
    });
    expect(await sent(`--server ${server.url}`)).toBeUndefined();
    await run(`config set-context prod --server ${server.url}`);
    expect(await sent('')).toBeUndefined();
  });

  it('refuses a file with a token that others can read', async () => {
    const { server, folder, run, file } = await world();
    await run(`config set-context prod --server ${server.url} --token-stdin`, {
      stdin: TOKEN,
    });
    fs.chmodSync(folder.at(file), 0o644);
    const found = await run('get clusters');
    expect(found).toMatchObject({ status: 2, stdout: '' });
    expect(found.stderr).toContain('chmod 600');
    expect(server.requests).toEqual([]);
  });

  it.each([
    ['config', 'Usage: resedge config'],
    ['config set-context new', 'a new one needs --server URL'],
    ['config use-context new', "there is no context 'new'; there are: none"],
    ['config set-context x --server ftp://x', '--server is no address'],
    ['config set-context x --server https://u:p@x', 'may have no user'],
    [
      'config set-context x --server https://x --token-file /nowhere',
      'cannot read the token file',
    ],
    [
      'config set-context x --server https://x --token-stdin',
      'standard input holds no token',
    ],
    ['get clusters --server https://x --context y', 'not both'],
    ['get clusters --context y', "there is no context 'y'"],
  ])('says what is wrong with %s, with status 2', async (args, message) => {
    const { run, folder } = await world();
    const found = await run(args);
    expect(found).toMatchObject({ status: 2, stdout: '' });
    expect(found.stderr).toContain(message);
    expect(folder.files()).toEqual({});
  });

  it.each([
    ['contexts: 1', 'contexts is no list'],
    ['contexts: [{ server: https://x }]', 'contexts[0].name is missing'],
    ['contexts: [{ name: x, server: y }]', 'contexts[0].server is no address'],
    [
      'contexts: [{ name: x, server: https://x, token: 12345 }]',
      'contexts[0].token is no text',
    ],
    ['- a', 'the file is no mapping'],
    ['a: [', 'config.yaml'],
  ])('says where the file is wrong: %s', async (text, message) => {
    const { run, folder, file } = await world();
    folder.write(file, text);
    const found = await run('get clusters');
    expect(found.status).toBe(2);
    expect(found.stderr).toContain(message);
    expect(found.stderr).not.toContain('12345');
  });
});
