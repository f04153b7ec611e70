// Commands from Debian's packages, for what npm does not have.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { binFolder } from './paths.mjs';

function aptSourceTexts() {
  const folder = '/etc/apt/sources.list.d';
  const files = fs.existsSync(folder)
    ? fs.readdirSync(folder).map(name => path.join(folder, name))
    : [];
  return ['/etc/apt/sources.list', ...files]
    .filter(file => fs.existsSync(file) && /\.(list|sources)$/.test(file))
    .map(file => fs.readFileSync(file, 'utf8'));
}

/** The Debian archives (not the security ones) that the system's own apt reads. */
function debianMirrors() {
  const uris = aptSourceTexts().flatMap(text =>
    text
      .split('\n')
      .filter(line => !line.trimStart().startsWith('#'))
      .flatMap(
        line => line.match(/\b(?:https?|file|mirror\+https?):\S+/g) ?? [],
      ),
  );
  return [...new Set(uris)].filter(uri => /\/debian\/?$/.test(uri));
}

function keyrings() {
  const folder = '/usr/share/keyrings';
  return fs
    .readdirSync(folder)
    .filter(name => /^debian-archive-.*\.(gpg|pgp|asc)$/.test(name))
    .map(name => path.join(folder, name));
}

/** Unpacks the suite's package below `folder`; false where the mirror does not have it. */
function download(folder, { mirror, suite, name: packageName }) {
  for (const name of ['lists/partial', 'cache/archives/partial', 'keys']) {
    fs.mkdirSync(path.join(folder, name), { recursive: true });
  }
  for (const file of keyrings()) {
    fs.copyFileSync(file, path.join(folder, 'keys', path.basename(file)));
  }
  const sources = path.join(folder, 'sources.list');
  fs.writeFileSync(sources, `deb ${mirror} ${suite} main\n`);
  fs.writeFileSync(path.join(folder, 'status'), '');
  const options = {
    'Dir::Etc::SourceList': sources,
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::Etc::TrustedParts': path.join(folder, 'keys'),
    'Dir::Etc::Preferences': '/dev/null',
    'Dir::Etc::PreferencesParts': '/dev/null',
    'Dir::State': folder,
    'Dir::State::Lists': path.join(folder, 'lists'),
    'Dir::State::status': path.join(folder, 'status'),
    'Dir::Cache': path.join(folder, 'cache'),
    // The folder belongs to whoever runs this, and apt's own user may not enter it.
    'APT::Sandbox::User': '',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
  };
  const flags = Object.entries(options).flatMap(([key, value]) => [
    '-o',
    `${key}=${value}`,
  ]);
  const run = (command, args) =>
    spawnSync(command, args, {
      cwd: folder,
      encoding: 'utf8',
      timeout: 180_000,
    }).status === 0;
  if (!run('apt-get', [...flags, '-qq', 'update'])) return false;
  if (!run('apt-get', [...flags, '-qq', 'download', packageName])) return false;
  const packages = fs.readdirSync(folder).filter(name => name.endsWith('.deb'));
  return (
    packages.length === 1 &&
    run('dpkg', ['-x', packages[0], path.join(folder, 'unpacked')])
  );
}

/**
 * Fetches a command from a package of Debian into tools/.bin, from the mirror that this system's own apt uses. The package
 * is unpacked, without root, and nothing is installed.
 *
 * @param name - of the package, and of its command in usr/bin
 * @param suites - in the order in which they are tried
 * @param isUsable - whether the command at a path does what is needed
 * @returns whether it is there now
 */
export function fetchFromDebian({ name, suites, isUsable }) {
  for (const mirror of debianMirrors()) {
    for (const suite of suites) {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'res-edge-apt-'));
      try {
        if (!download(folder, { mirror, suite, name })) continue;
        const binary = path.join(folder, 'unpacked', 'usr', 'bin', name);
        if (!isUsable(binary)) continue;
        const target = path.join(binFolder, name);
        fs.mkdirSync(binFolder, { recursive: true });
        // Another process may fetch the same at the same time.
        const unfinished = `${target}.${process.pid}`;
        fs.copyFileSync(binary, unfinished);
        fs.renameSync(unfinished, target);
        return true;
      } finally {
        fs.rmSync(folder, { recursive: true, force: true });
      }
    }
  }
  return false;
}
