import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { InputError } from '@backstage/errors';
import { ManifestBuilder } from '../ManifestBuilder';
import { findKustomize } from './findKustomize';
import { Limit } from './Limit';
import { ResultCache } from './ResultCache';

type Files = ReadonlyMap<string, string | Uint8Array>;

/** How {@link KustomizeBuilder} works. @public */
export interface KustomizeBuilderOptions {
  /** Absolute path of the binary; see {@link findKustomize}. */
  command?: string;
  /** After this time a build is an error. 30 seconds where left out. */
  timeoutMilliseconds?: number;
}

const CLOSED_PORT = 'http://127.0.0.1:9';
const CLOSED_ENVIRONMENT = {
  HTTP_PROXY: CLOSED_PORT,
  HTTPS_PROXY: CLOSED_PORT,
  PATH: '',
};

const MAX_OUTPUT_BYTES = 20_000_000;
const CACHE_BYTES = 64_000_000;

/**
 * Builds with the real kustomize, each build in a private folder that holds nothing but its files. Plugins and Helm
 * are off, and so is the network: the process has no `PATH` to find git by, and its only proxy is a closed port.
 *
 * @public
 */
export class KustomizeBuilder implements ManifestBuilder {
  private readonly limit = new Limit(availableParallelism());
  private readonly cache = new ResultCache(CACHE_BYTES);
  private readonly running = new Map<string, Promise<string>>();

  static create(options: KustomizeBuilderOptions = {}): KustomizeBuilder {
    return new KustomizeBuilder(
      findKustomize(options.command),
      options.timeoutMilliseconds ?? 30_000,
    );
  }

  private constructor(
    private readonly command: string,
    private readonly timeout: number,
  ) {}

  async build(files: Files, folder: string = '.'): Promise<string> {
    const target = folder === '.' ? folder : checkedPath(folder);
    const key = digestOf(files, target);
    const cached = this.cache.get(key);
    if (cached !== undefined) return cached;
    let result = this.running.get(key);
    if (!result) {
      result = this.limit
        .run(() => this.buildNow(files, target))
        .then(output => {
          this.cache.set(key, output);
          return output;
        })
        .finally(() => this.running.delete(key));
      this.running.set(key, result);
    }
    return result;
  }

  private async buildNow(files: Files, target: string): Promise<string> {
    // kustomize compares paths as they really are, and /tmp may be a link.
    const root = await realpath(await mkdtemp(join(tmpdir(), 'res-edge-')));
    try {
      await writeFiles(root, files);
      return await this.run(root, target);
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  }

  private run(root: string, target: string): Promise<string> {
    return new Promise((resolve, reject) => {
      execFile(
        this.command,
        ['build', target],
        {
          cwd: root,
          encoding: 'utf8',
          env: CLOSED_ENVIRONMENT,
          killSignal: 'SIGKILL',
          maxBuffer: MAX_OUTPUT_BYTES,
          timeout: this.timeout,
        },
        (error, stdout, stderr) => {
          if (!error) {
            resolve(stdout);
            return;
          }
          if (error.code === 'ENOENT' || error.code === 'EACCES') {
            reject(error);
            return;
          }
          const reason = error.killed
            ? `stopped after ${this.timeout} ms or ${MAX_OUTPUT_BYTES} bytes`
            : stderr.trim().replaceAll(`${root}/`, '').replaceAll(root, '.');
          reject(new InputError(`kustomize: ${reason.slice(0, 2000)}`));
        },
      );
    });
  }
}

async function writeFiles(root: string, files: Files): Promise<void> {
  for (const [path, content] of files) {
    const file = join(root, checkedPath(path));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content, { flag: 'wx', mode: 0o600 });
  }
}

/** A relative path that stays where it is. */
function checkedPath(path: string): string {
  const parts = path.split('/');
  const leaves =
    path === '' ||
    // eslint-disable-next-line no-control-regex
    /[\u0000-\u001f\\]/.test(path) ||
    parts.some(part => part === '' || part === '.' || part === '..');
  if (leaves) {
    throw new InputError(
      `the path ${JSON.stringify(
        path.slice(0, 200),
      )} is not allowed: it must be relative, in its shortest form, and stay in the folder`,
    );
  }
  return path;
}

function digestOf(files: Files, target: string): string {
  const hash = createHash('sha256').update(`${JSON.stringify(target)}\n`);
  for (const path of [...files.keys()].sort()) {
    const content = files.get(path)!;
    const length = Buffer.byteLength(content);
    hash.update(`${JSON.stringify(path)} ${length}\n`).update(content);
  }
  return hash.digest('hex');
}
