// Builds the frontend where its sources changed since the last build.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

const appFolder = path.join(root, 'packages', 'app');
const stamp = path.join(appFolder, 'dist', '.built-from');
const SOURCES = [
  'yarn.lock',
  'packages/app/package.json',
  'packages/app/config.d.ts',
  'packages/app/public',
  'packages/app/src',
  'plugins/res-edge/package.json',
  'plugins/res-edge/src',
  'plugins/res-edge-common/package.json',
  'plugins/res-edge-common/src',
];

function* filesOf(file) {
  if (fs.statSync(file).isDirectory()) {
    for (const name of fs.readdirSync(file).sort()) {
      yield* filesOf(path.join(file, name));
    }
  } else if (!/\.test\.tsx?$/.test(file)) {
    yield file;
  }
}

function digestOfSources() {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of filesOf(path.join(root, source))) {
      hash.update(path.relative(root, file)).update('\0');
      hash.update(fs.readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

/** @returns false where the build failed; it has said why */
export function ensureApp() {
  const digest = digestOfSources();
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === digest) {
    return true;
  }
  console.error('Building the frontend ...');
  const { status, signal } = spawnSync('backstage-cli', ['package', 'build'], {
    cwd: appFolder,
    // The portal's own configuration is injected when the backend serves the page.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) {
    console.error(`The frontend was not built (${signal ?? `exit ${status}`})`);
    return false;
  }
  fs.writeFileSync(stamp, digest);
  return true;
}
