import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { HttpError } from './HttpError';

/** An entry of `POST /git/trees`. */
export interface TreeItem {
  path: string;
  mode: string;
  type: string;
  sha?: string | null;
  content?: string;
}

interface Signature {
  name: string;
  email: string;
  date: string;
}

/** Objects and refs of a bare repository, by git's own commands. */
export class ObjectStore {
  static create(repository: string): ObjectStore {
    return new ObjectStore(repository);
  }

  private constructor(private readonly repository: string) {}

  async git(
    args: string[],
    options: { input?: string | Buffer; env?: Record<string, string> } = {},
  ): Promise<string> {
    const running = promisify(execFile)(
      'git',
      [`--git-dir=${this.repository}`, ...args],
      {
        env: { PATH: process.env.PATH, ...options.env },
        maxBuffer: 1 << 28,
      },
    );
    running.child.stdin!.on('error', () => {}).end(options.input);
    return (await running).stdout.trim();
  }

  async resolve(name: string): Promise<string | undefined> {
    return this.git([
      ...['rev-parse', '--verify', '--quiet', `${name}^{commit}`],
    ]).catch(() => undefined);
  }

  async isAncestor(one: string, other: string): Promise<boolean> {
    return this.git(['merge-base', '--is-ancestor', one, other]).then(
      () => true,
      () => false,
    );
  }

  async moveRef(ref: string, sha: string | undefined): Promise<void> {
    await this.git(
      sha ? ['update-ref', ref, sha] : ['update-ref', '-d', ref],
    ).catch(() => {
      throw new HttpError(422, 'Object does not exist');
    });
  }

  async writeBlob(content: Buffer): Promise<string> {
    return this.git(['hash-object', '-w', '--stdin'], { input: content });
  }

  async writeTree(
    base: string | undefined,
    items: readonly TreeItem[],
  ): Promise<string> {
    const index = path.join(this.repository, `index-${randomUUID()}`);
    const env = { GIT_INDEX_FILE: index };
    try {
      await this.git(['read-tree', base ?? '--empty'], { env }).catch(() => {
        throw new HttpError(404, 'base_tree is no tree');
      });
      const known = new Set(
        (await this.git(['ls-files', '-z'], { env })).split('\0'),
      );
      const lines: string[] = [];
      for (const { path: file, mode, sha, content } of items) {
        if (sha === null && !known.has(file))
          throw new HttpError(422, 'GitRPC::BadObjectState');
        const hash =
          content === undefined
            ? sha
            : await this.writeBlob(Buffer.from(content));
        lines.push(
          sha === null
            ? `0 ${'0'.repeat(40)}\t${file}`
            : `${mode} ${hash}\t${file}`,
        );
      }
      await this.git(['update-index', '-z', '--index-info'], {
        env,
        input: lines.map(line => `${line}\0`).join(''),
      });
      return await this.git(['write-tree'], { env });
    } finally {
      await rm(index, { force: true });
    }
  }

  async readCommit(commit: string) {
    const [name, email, date, message] = (
      await this.git([
        ...['show', '--no-patch', '--format=%an%x00%ae%x00%aI%x00%B', commit],
      ])
    ).split('\0');
    return { author: { name, email, date }, message };
  }

  async writeCommit(commit: {
    message: string;
    tree: string;
    parents: string[];
    author: Signature;
    committer: Signature;
  }): Promise<string> {
    const { message, tree, parents, author, committer } = commit;
    const signature = (role: string, { name, email, date }: Signature) => ({
      [`GIT_${role}_NAME`]: name,
      [`GIT_${role}_EMAIL`]: email,
      [`GIT_${role}_DATE`]: `${Date.parse(date) / 1000} +0000`,
    });
    return this.git(
      [
        ...['commit-tree', tree, '-F', '-'],
        ...parents.flatMap(parent => ['-p', parent]),
      ],
      {
        input: message,
        env: {
          ...signature('AUTHOR', author),
          ...signature('COMMITTER', committer),
        },
      },
    );
  }

  /** The tree of a merge; undefined where it conflicts. */
  async mergeTree(ours: string, theirs: string): Promise<string | undefined> {
    return this.git([
      ...['merge-tree', '--write-tree', '--name-only', '--no-messages'],
      ...[ours, theirs],
    ]).catch(() => undefined);
  }
}
