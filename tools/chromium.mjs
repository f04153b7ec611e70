// Finds a Chromium for the browser tests, or installs Debian's where this is allowed.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];

function inPath() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  for (const command of COMMANDS) {
    const file = folders
      .map(folder => path.join(folder, command))
      .find(candidate => fs.existsSync(candidate));
    if (file) return file;
  }
  return undefined;
}

/** @returns the browser's path; undefined where there is none and none could be installed */
export function ensureChromium() {
  const chosen = process.env.CHROMIUM;
  if (chosen) {
    if (fs.existsSync(chosen)) return chosen;
    console.error(`CHROMIUM names ${chosen}, which does not exist`);
    return undefined;
  }
  const found = inPath();
  if (found) return found;
  if (process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get')) {
    console.error('Installing Chromium with apt-get (once) ...');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const run = args =>
      spawnSync('apt-get', args, {
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    run(['-qq', 'update']);
    run([
      ...['-qq', 'install', '--yes', '--no-install-recommends'],
      ...['chromium', 'fonts-liberation'],
    ]);
  }
  const installed = inPath();
  if (!installed) {
    console.error(
      'The browser tests need Chromium: install it (on Debian: apt-get install chromium fonts-liberation), ' +
        'or name its path in the environment variable CHROMIUM.',
    );
  }
  return installed;
}
