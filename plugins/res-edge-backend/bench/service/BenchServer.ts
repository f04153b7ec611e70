import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { Knex } from 'knex';

/** What the other process is told. */
export interface ServeOptions {
  readonly database: Knex.Config;
  /** The GitOps repository. */
  readonly repository: string;
}

/** What the other process worked and holds, since its start. */
export interface Usage {
  /** In milliseconds. */
  readonly work: number;
  /** The most memory that it had, in bytes. */
  readonly peak: number;
}

/** The API in a process of its own: what those work that ask it is not counted. */
export class BenchServer {
  /** Starts it; it tells how long it took to the first plan. */
  static async start(options: ServeOptions): Promise<BenchServer> {
    const child = fork(path.join(__dirname, 'serve.ts'), [
      JSON.stringify(options),
    ]);
    const url = await new Promise<string>((resolve, reject) => {
      child.on('message', message => {
        // What transforms its code sends messages, too.
        if (typeof message === 'string') resolve(message);
      });
      child.once('exit', () => reject(new Error('The server did not start')));
    });
    return new BenchServer(child, url);
  }

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  async usage(): Promise<Usage> {
    return (await fetch(`${this.url}/usage`)).json();
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill();
    await ended;
  }
}
