// Runs a command with a supported Node and Yarn first in PATH, on a machine that may have only git, npm and Node 18 or newer.
// Usage: node tools/with-node.mjs <command> [arguments]. It fetches Node and Yarn as npm packages (tools/package.json),
// installs the workspace when its lock or the Node changed, and then hands over. Needs nothing but Node's own modules.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const SUPPORTED_MAJORS = [22, 24];
const tools = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(tools);
const binFolder = path.join(tools, '.bin');

function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    // What the command itself prints stays alone on the standard output.
    stdio: ['inherit', 2, 2],
    cwd: root,
    ...options,
  });
  if (result.error) throw result.error;
  if (result.signal) process.kill(process.pid, result.signal);
  if (result.status !== 0) process.exit(result.status ?? 1);
}

function stampIs(file, value) {
  return fs.existsSync(file) && fs.readFileSync(file, 'utf8') === value;
}

function hashOf(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

/** Node and Yarn into tools/node_modules, once per lock. */
function fetchTools() {
  const lock = fs.readFileSync(path.join(tools, 'package-lock.json'));
  const stamp = path.join(tools, 'node_modules', '.stamp');
  const wanted = hashOf(lock, process.platform, process.arch);
  if (stampIs(stamp, wanted)) return;
  console.error('Fetching Node and Yarn from the npm registry (once) ...');
  run(
    'npm',
    [
      'ci',
      '--ignore-scripts',
      '--no-fund',
      '--no-audit',
      '--no-update-notifier',
      '--loglevel=error',
    ],
    { cwd: tools },
  );
  fs.writeFileSync(stamp, wanted);
}

/** The Node to use: the running one where it is supported, else the one that npm brought. */
function chooseNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (SUPPORTED_MAJORS.includes(major))
    return fs.realpathSync(process.execPath);
  const folder = path.join(
    tools,
    'node_modules',
    `node-${process.platform}-${process.arch}`,
  );
  const binary = path.join(folder, 'bin', 'node');
  if (!fs.existsSync(binary)) {
    console.error(
      `Node ${process.versions.node} is not supported, and there is no packaged Node for ` +
        `${process.platform}-${
          process.arch
        }: install Node ${SUPPORTED_MAJORS.join(' or ')} and try again.`,
    );
    process.exit(1);
  }
  return binary;
}

/** Replaces a link only where it points elsewhere, so that what runs already keeps its Node. */
function link(target, file) {
  const current = fs.lstatSync(file, { throwIfNoEntry: false });
  if (current?.isSymbolicLink() && fs.readlinkSync(file) === target) return;
  fs.rmSync(file, { force: true });
  fs.symlinkSync(target, file);
}

fetchTools();
const node = chooseNode();
const yarn = path.join(
  tools,
  'node_modules',
  '@yarnpkg',
  'cli-dist',
  'bin',
  'yarn.js',
);
fs.mkdirSync(binFolder, { recursive: true });
link(node, path.join(binFolder, 'node'));
link(yarn, path.join(binFolder, 'yarn'));

const env = {
  ...process.env,
  PATH: [
    binFolder,
    path.join(root, 'node_modules', '.bin'),
    process.env.PATH,
  ].join(path.delimiter),
  // A user-level `nodedir` of another Node would let native modules build and then fail when they load.
  npm_config_nodedir: path.dirname(path.dirname(fs.realpathSync(node))),
};

const stamp = path.join(root, 'node_modules', '.res-edge-install');
const manifests = ['packages', 'plugins']
  .flatMap(folder =>
    fs
      .readdirSync(path.join(root, folder))
      .map(name => path.join(root, folder, name, 'package.json')),
  )
  .filter(file => fs.existsSync(file))
  .sort();
const wanted = hashOf(
  fs.readFileSync(path.join(root, 'yarn.lock')),
  fs.realpathSync(node),
  ...[path.join(root, 'package.json'), ...manifests].map(file =>
    fs.readFileSync(file),
  ),
);
if (!stampIs(stamp, wanted)) {
  console.error('Installing the workspace ...');
  run(node, [yarn, 'install', '--immutable'], {
    env: { ...env, YARN_ENABLE_PROGRESS_BARS: '0' },
  });
  fs.writeFileSync(stamp, wanted);
}

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: 'inherit', env });
// The terminal sends Ctrl-C to the child as well, which ends in its own time; other signals are handed on.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
process.on('SIGHUP', () => child.kill('SIGHUP'));
// npm that is told to end takes its shell along, but not what runs in it.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) child.kill('SIGTERM');
}, 1000).unref();
child.on('error', error => {
  console.error(`Cannot run ${command}: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(signal ? 1 : code ?? 1));
