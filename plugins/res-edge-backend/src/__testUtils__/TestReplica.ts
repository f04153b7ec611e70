import { JsonObject } from '@backstage/types';
import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** @internal */
export interface ReplicaOptions {
  /** Of PostgreSQL, migrated already. */
  readonly connection: string;
  readonly config: JsonObject;
}

/** One of several backends, as a process that can be killed. @internal */
export class TestReplica {
  static async start(options: ReplicaOptions): Promise<TestReplica> {
    const child = fork(
      path.join(__dirname, 'replica.ts'),
      [JSON.stringify(options)],
      {
        execArgv: [
          '--require',
          require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        ],
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    let output = '';
    const keep = (chunk: Buffer) => {
      output += chunk;
    };
    child.stdout!.on('data', keep);
    child.stderr!.on('data', keep);
    const url = await new Promise<string>((resolve, reject) => {
      child.on('message', message => {
        // What transforms its code sends messages, too.
        if (typeof message === 'string') resolve(message);
      });
      child.once('exit', () =>
        reject(new Error(`The replica did not start: ${output}`)),
      );
    });
    return new TestReplica(child, url, () => output);
  }

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** What it logged. */
    readonly output: () => string,
  ) {}

  /** How often it became the one that plans, and the number of its last term. */
  lastTerm(): number {
    const terms = [...this.output().matchAll(/plans now, number (\d+)/g)];
    return Number(terms.at(-1)?.[1] ?? 0);
  }

  /** Without any warning. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }
}
