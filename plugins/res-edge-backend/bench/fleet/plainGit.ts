import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** git without anything of Res-Edge around it. */
export function plainGit(folder: string, ...args: string[]): string {
  return execFileSync('git', [`--git-dir=${folder}`, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  }).trim();
}

/** An empty bare repository. */
export function createBare(folder: string): string {
  execFileSync('git', ['init', '--bare', '--quiet', folder]);
  return folder;
}

/** All that a repository holds for its files and histories, in bytes. */
export function packedBytes(folder: string): number {
  const objects = path.join(folder, 'objects');
  return fs
    .readdirSync(objects, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .reduce(
      (sum, entry) =>
        sum + fs.statSync(path.join(entry.parentPath, entry.name)).size,
      0,
    );
}

/** What `git clone` of one branch takes, in bytes. */
export function cloneBytes(
  folder: string,
  branch: string,
  target: string,
  ...options: string[]
): number {
  execFileSync('git', [
    ...['clone', '--bare', '--quiet', '--single-branch', '--branch', branch],
    ...options,
    `file://${folder}`,
    target,
  ]);
  const bytes = packedBytes(target);
  fs.rmSync(target, { recursive: true });
  return bytes;
}

/** Writes what happened to branches since as a stream that `git fast-import` reads. */
export function exportStream(
  folder: string,
  file: string,
  branches: readonly string[],
  since: readonly string[],
): void {
  const output = fs.openSync(file, 'w');
  const revisions = [...branches, ...since.map(commit => `^${commit}`)];
  const args = [
    `--git-dir=${folder}`,
    'fast-export',
    '--reference-excluded-parents',
    ...revisions,
  ];
  const { status } = spawnSync('git', args, { stdio: ['ignore', output, 2] });
  fs.closeSync(output);
  if (status !== 0) throw new Error('git fast-export failed');
}

/** `git fast-import` of such a stream. */
export function importStream(folder: string, file: string): void {
  const input = fs.openSync(file, 'r');
  const args = [`--git-dir=${folder}`, 'fast-import', '--quiet'];
  const { status } = spawnSync('git', args, { stdio: [input, 1, 2] });
  fs.closeSync(input);
  if (status !== 0) throw new Error('git fast-import failed');
}
