import { ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { devNull } from 'node:os';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GitError } from './GitError';

/**
 * How to run one git command.
 *
 * @internal
 */
export interface RunGitOptions {
  /** The repository. Left out only by commands that need none. */
  readonly folder?: string;
  readonly args: readonly string[];
  /** Written to the command's standard input, at the pace at which it reads. */
  readonly input?: string | Uint8Array | AsyncIterable<Uint8Array>;
  /** Added to the fixed environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Exit statuses that are answers and not failures; 0 where left out. */
  readonly allowedStatuses?: readonly number[];
  /** The most bytes of output that are taken, see `onExcess`; 256 MiB where left out. */
  readonly maxOutputBytes?: number;
  /** What happens when there is more output: an error, or the part that was read. */
  readonly onExcess?: 'fail' | 'truncate';
  /** After so long it is ended; it takes as long as it takes where left out. */
  readonly timeoutMilliseconds?: number;
  /** Gets the output piece by piece, instead of `stdout`. */
  readonly onOutput?: (chunk: Buffer) => void;
  /** Clears up after a process that ended badly. */
  readonly onFailure?: (pid: number) => Promise<void>;
}

/**
 * What a git command answered.
 *
 * @internal
 */
export interface GitResult {
  readonly stdout: Buffer;
  readonly status: number;
  /** True where `onExcess` cut the output off. */
  readonly truncated: boolean;
}

/**
 * The oldest git with all that is used here (`merge-tree --write-tree`).
 *
 * @internal
 */
export const MINIMUM_VERSION = '2.38';

const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;
const MAX_ERROR_BYTES = 64 * 1024;

/** Nothing that the machine, its user or the content of the repository configures may change what git does. */
const CONFIGURATION = [
  `core.hooksPath=${devNull}`,
  'core.quotePath=false',
  'protocol.allow=never',
  'gc.autoDetach=false',
  // From 2.43 on git takes attributes of a bare repository from its HEAD: a file on main could change how merges work.
  'attr.tree=4b825dc642cb6eb9a060e54bf8d69288fbee4904',
].flatMap(entry => ['-c', entry]);

function environmentOf(extra: Readonly<Record<string, string>> | undefined) {
  // Built from nothing: inherited GIT_* variables could point every command at another repository.
  const environment: Record<string, string> = {
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    LC_ALL: 'C',
    TZ: 'UTC',
    // glibc gives memory back whenever 128 KiB at the top are free, which fast-import frees and takes again with every file.
    MALLOC_TRIM_THRESHOLD_: String(64 * 1024 * 1024),
  };
  for (const name of ['PATH', 'TMPDIR', 'SystemRoot']) {
    const value = process.env[name];
    if (value !== undefined) {
      environment[name] = value;
    }
  }
  return { ...environment, ...extra };
}

/**
 * Runs git without a shell, in a fixed environment, with bounded output.
 *
 * @throws GitError where git cannot be run, or ends with a status that is not allowed
 * @internal
 */
export async function runGit(options: RunGitOptions): Promise<GitResult> {
  const { folder, args } = options;
  const child = spawn(
    'git',
    [
      ...CONFIGURATION,
      ...(folder === undefined ? [] : [`--git-dir=${folder}`]),
      ...args,
    ],
    { env: environmentOf(options.environment), stdio: 'pipe', shell: false },
  );
  try {
    return await inTime(resultOf(child, options), child, options);
  } catch (error) {
    if (child.pid !== undefined) {
      await options.onFailure?.(child.pid);
    }
    throw error;
  }
}

/** Who reaches a server is a process of git's own, which may still wait for it when git is gone: nobody waits for that one. */
async function inTime<T>(
  result: Promise<T>,
  child: ChildProcessWithoutNullStreams,
  { args: [command], timeoutMilliseconds: limit }: RunGitOptions,
): Promise<T> {
  if (limit === undefined) return result;
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      child.kill('SIGKILL');
      for (const stream of child.stdio) stream?.destroy();
      const reason = `it did not end within ${limit / 1000} seconds`;
      reject(new GitError({ command, reason, isTimeout: true }));
    }, limit);
  });
  try {
    return await Promise.race([result, end]);
  } finally {
    clearTimeout(timer);
  }
}

async function resultOf(
  child: ChildProcessWithoutNullStreams,
  options: RunGitOptions,
): Promise<GitResult> {
  const { maxOutputBytes = MAX_OUTPUT_BYTES, onExcess = 'fail' } = options;
  const command = options.args[0];
  let failure: unknown;
  const fail = (error: unknown) => {
    failure ??= error;
    child.kill('SIGKILL');
  };

  const output: Buffer[] = [];
  let outputBytes = 0;
  let truncated = false;
  child.stdout.on('data', (chunk: Buffer) => {
    const taken = chunk.subarray(0, maxOutputBytes - outputBytes);
    outputBytes += taken.length;
    try {
      if (options.onOutput) {
        options.onOutput(taken);
      } else {
        output.push(taken);
      }
    } catch (error) {
      fail(error);
    }
    if (taken.length < chunk.length && onExcess === 'truncate') {
      truncated = true;
      child.kill('SIGKILL');
    } else if (taken.length < chunk.length) {
      const reason = `more than ${maxOutputBytes} bytes of output`;
      fail(new GitError({ command, reason }));
    }
  });

  const errors: Buffer[] = [];
  let errorBytes = 0;
  child.stderr.on('data', (chunk: Buffer) => {
    const taken = chunk.subarray(0, MAX_ERROR_BYTES - errorBytes);
    errorBytes += taken.length;
    errors.push(taken);
  });

  // Nobody waits for this: git's end is the end, even where the source of the input never comes back.
  pipeline(chunksOf(options.input), child.stdin).catch(error => {
    // git may end without reading all of its input; then its status says what there is to say.
    if (!isBrokenPipe(error)) {
      fail(error);
    }
  });

  const { status, signal } = await endOf(child, command);
  if (failure !== undefined) {
    throw failure;
  }
  if (!truncated && !(options.allowedStatuses ?? [0]).includes(status ?? -1)) {
    const words = Buffer.concat(errors).toString('utf8').trim();
    const how = signal ? `ended by ${signal}` : `exit status ${status}`;
    throw new GitError({ command, status, reason: words || how });
  }
  return { stdout: Buffer.concat(output), status: status ?? 0, truncated };
}

function endOf(
  child: ChildProcessWithoutNullStreams,
  command: string,
): Promise<{ status: number | undefined; signal: string | undefined }> {
  return new Promise((resolve, reject) => {
    child.once('error', cause => {
      const reason = `git ${MINIMUM_VERSION} or newer must be installed`;
      reject(new GitError({ command, reason, cause }));
    });
    child.once('close', (status, signal) =>
      resolve({ status: status ?? undefined, signal: signal ?? undefined }),
    );
  });
}

function chunksOf(input: RunGitOptions['input']): Readable {
  const chunks =
    typeof input === 'string' || input instanceof Uint8Array
      ? [Buffer.from(input as string)]
      : input ?? [];
  return Readable.from(chunks, { objectMode: false });
}

function isBrokenPipe(error: unknown): boolean {
  const code = (error as { code?: string } | undefined)?.code;
  return code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE';
}
