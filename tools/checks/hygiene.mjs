// What no other tool looks at: what must not stand in a committed file, and how long files may be.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../paths.mjs';

const LONGEST_FILE = 350;
const LONGEST_README = 200;
const CODE = /\.(ts|tsx|js|mjs|cjs)$/;
const GENERATED = /\/generated\/|\.d\.ts$/;

/** Lines that no committed file may have, with the reason. */
const FORBIDDEN = [
  {
    files: CODE,
    pattern:
      /\b(?:it|test|describe)\.(?:skip|only|todo)\(|\bx(?:it|describe)\(/,
    reason: 'a test that is left out, or leaves others out',
  },
  {
    files: CODE,
    pattern: /\b(?:TODO|FIXME)\b/,
    reason: 'unfinished by its own word',
  },
];

function committedFiles() {
  const { stdout, status } = spawnSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (status !== 0) throw new Error('git ls-files failed');
  return stdout
    .split('\0')
    .filter(file => file && fs.existsSync(path.join(root, file)));
}

/** The package registries that this machine uses: a committed file must work on others. */
function registryHosts() {
  const configured = [
    ['npm', 'config', 'get', 'registry'],
    ['yarn', 'config', 'get', 'npmRegistryServer'],
  ]
    .map(([command, ...args]) =>
      spawnSync(command, args, { cwd: root, encoding: 'utf8' }).stdout?.trim(),
    )
    .filter(text => text?.includes('://'));
  const apt = ['/etc/apt/sources.list', ...aptSourceFiles()]
    .filter(file => fs.existsSync(file))
    .flatMap(file =>
      [...fs.readFileSync(file, 'utf8').matchAll(/https?:\/\/[^\s/]+/g)].map(
        match => match[0],
      ),
    );
  return [...new Set([...configured, ...apt].map(url => new URL(url).host))];
}

function aptSourceFiles() {
  const folder = '/etc/apt/sources.list.d';
  return fs.existsSync(folder)
    ? fs.readdirSync(folder).map(name => path.join(folder, name))
    : [];
}

function problemsOf(file, text, hosts) {
  const problems = [];
  const lines = text.split('\n');
  const length = lines.length - (text.endsWith('\n') ? 1 : 0);
  if (CODE.test(file) && !GENERATED.test(file) && length > LONGEST_FILE) {
    problems.push(`${file}: ${length} lines, ${LONGEST_FILE} at most`);
  }
  if (file === 'README.md' && length > LONGEST_README) {
    problems.push(`${file}: ${length} lines, ${LONGEST_README} at most`);
  }
  for (const host of hosts.filter(name => text.includes(name))) {
    problems.push(`${file}: names the package registry ${host}`);
  }
  for (const { files, pattern, reason } of FORBIDDEN) {
    // This very file names what it looks for.
    if (!files.test(file) || file === 'tools/checks/hygiene.mjs') continue;
    lines.forEach((line, index) => {
      if (pattern.test(line)) {
        problems.push(`${file}:${index + 1}: ${reason}: ${line.trim()}`);
      }
    });
  }
  return problems;
}

/** One check: it passes where no file has a problem. */
export function hygiene() {
  const hosts = registryHosts();
  const problems = committedFiles().flatMap(file => {
    const text = fs.readFileSync(path.join(root, file), 'utf8');
    return text.includes('\0') ? [] : problemsOf(file, text, hosts);
  });
  problems.forEach(problem => console.error(problem));
  return problems.length ? { passed: 0, failed: 1 } : { passed: 1, failed: 0 };
}
