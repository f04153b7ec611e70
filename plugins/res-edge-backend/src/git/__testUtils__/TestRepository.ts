import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FileChange } from '@res-edge/backstage-plugin-res-edge-engine';
import { CommitOptions } from '../CommitOptions';
import { GitRepository } from '../GitRepository';

// Dozens of real processes take their time on a machine that is busy.
jest.setTimeout(60_000);

/** Contents by path; undefined removes. */
export type Contents = Record<string, string | undefined>;

export const author = { name: 'Res-Edge', email: 'res-edge@example.org' };
export const date = new Date('2026-01-02T03:04:05Z');

export function changesOf(contents: Contents): FileChange[] {
  return Object.entries(contents).map(([path, content]) => ({ path, content }));
}

/** A repository in a folder of its own, with short words for what tests do often. */
export class TestRepository {
  static async create(): Promise<TestRepository> {
    const folder = await mkdtemp(join(tmpdir(), 'res-edge-git-test-'));
    return new TestRepository(
      folder,
      await GitRepository.createBare(join(folder, 'repository.git')),
    );
  }

  private constructor(
    /** Holds just the repository's folder. */
    readonly folder: string,
    readonly repository: GitRepository,
  ) {}

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** git as a person would use it, to see what is really there. */
  async git(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(
      'git',
      [`--git-dir=${this.repository.folder}`, ...args],
      { maxBuffer: 1 << 26 },
    );
    return stdout;
  }

  async gitWithInput(input: string, ...args: string[]): Promise<string> {
    const running = promisify(execFile)('git', [
      `--git-dir=${this.repository.folder}`,
      ...args,
    ]);
    running.child.stdin!.end(input);
    return (await running).stdout;
  }

  async commit(
    branch: string,
    contents: Contents,
    options: Partial<CommitOptions> = {},
  ): Promise<string> {
    return this.repository.commit({
      branch,
      parent: await this.repository.resolve(branch),
      message: 'a change',
      author,
      date,
      changes: changesOf(contents),
      ...options,
    });
  }

  /** A branch that starts where another stands. */
  async branchOff(
    branch: string,
    from: string,
    contents: Contents,
  ): Promise<string> {
    const parent = await this.repository.resolve(from);
    return this.commit(branch, contents, { parent, expected: {} });
  }

  async merge(branch: string, into: string = 'main'): Promise<string> {
    const message = `merge ${branch}`;
    return this.repository.merge({ branch, into, message, author, date });
  }

  /** All files of a commit as text. */
  async textOf(commit: string): Promise<Record<string, string>> {
    const read = await this.repository.read(commit, () => true);
    return Object.fromEntries([...read].map(([path, c]) => [path, String(c)]));
  }
}
