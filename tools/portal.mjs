// The demo portal with one command: the frontend built, the demo fleet generated, the backend started.
// Usage: npm start. PORT chooses another port than 7007; SIMULATE=0 leaves out the clusters that report.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { ensureApp } from './app.mjs';
import { backendIsReady, startBackend } from './backend.mjs';
import { ensureKustomize } from './kustomize.mjs';
import { localFolder, root } from './paths.mjs';

const DEFAULT_PORT = 7007;
const DEMO_CLUSTERS = 2000;

function portFromEnvironment() {
  const text = process.env.PORT;
  if (!text) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  console.error(`PORT is '${text}': give a number from 1 to 65535.`);
  return process.exit(1);
}

function isFree(port) {
  return new Promise(resolve => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** The fleet is generated once, and is then a person's to change. */
function ensureDemoFleet() {
  const folder = path.join(localFolder, 'retail');
  if (fs.existsSync(folder)) return;
  console.error(`Generating the demo fleet of ${DEMO_CLUSTERS} clusters ...`);
  const unfinished = `${folder}.new`;
  fs.rmSync(unfinished, { recursive: true, force: true });
  const { status } = spawnSync(
    process.execPath,
    [
      path.join(root, 'examples/retail/generate.ts'),
      '--clusters',
      String(DEMO_CLUSTERS),
      '--out',
      unfinished,
    ],
    { stdio: 'inherit' },
  );
  if (status !== 0) process.exit(status ?? 1);
  fs.renameSync(unfinished, folder);
}

/** Lets the demo fleet report what it is told to run, as clusters with Flux would; some are offline, and one version fails here and there. */
function startSimulator(url, key) {
  return spawn(
    process.execPath,
    [
      path.join(root, 'packages/simulator/bin/res-edge-simulator'),
      ...['--repository', path.join(localFolder, 'gitops.git')],
      ...['--url', `${url}/api/res-edge`],
      ...['--quiet', '--interval', '300', '--offline', '0.02', '--skew', '60'],
      ...['--fail', 'sale-service@1.4.0=0.01'],
    ],
    { stdio: 'inherit', env: { ...process.env, RES_EDGE_STATUS_KEY: key } },
  );
}

const port = portFromEnvironment();
const url = `http://localhost:${port ?? DEFAULT_PORT}`;
if (!(await isFree(port ?? DEFAULT_PORT))) {
  console.error(
    `Port ${
      port ?? DEFAULT_PORT
    } is in use: stop what listens there, or choose another with PORT=7008 npm start.`,
  );
  process.exit(1);
}
ensureKustomize();
ensureDemoFleet();
if (!ensureApp()) process.exit(1);

console.error('Starting the backend ...');
const configs = ['app-config.yaml', 'app-config.local.yaml']
  .map(name => path.join(root, name))
  .filter(file => fs.existsSync(file));
const key = process.env.RES_EDGE_STATUS_KEY ?? randomBytes(32).toString('hex');
const backend = startBackend({
  configs,
  port,
  env: { RES_EDGE_STATUS_KEY: key },
});
// Ctrl-C reaches the backend by itself.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => backend.child.kill('SIGTERM'));
process.on('SIGHUP', () => backend.child.kill('SIGTERM'));

let simulator;
if (await backendIsReady(backend, url)) {
  console.error(
    `\n  Res-Edge is ready: ${url}\n  The fleet fills up within a minute or two. Stop with Ctrl-C.\n`,
  );
  if (process.env.SIMULATE !== '0') simulator = startSimulator(url, key);
}
const { code, signal } = await backend.ended;
simulator?.kill();
process.exit(signal ? 0 : code ?? 1);
