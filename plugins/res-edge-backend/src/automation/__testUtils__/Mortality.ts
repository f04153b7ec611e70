import { ChildProcess, SpawnOptions } from 'node:child_process';
import { Knex } from 'knex';
import { Fault } from '../../__testUtils__/fault';
import { TestGitServer } from '../../__testUtils__/gitServer';

type Spawn = (
  command: string,
  args: readonly string[],
  options: SpawnOptions,
) => ChildProcess;

/**
 * Lets the process under test die at a step: a command of git, a statement of the database, a request to the server. From
 * then on nothing that it tries has an effect, whatever it does with the errors. The step itself is done, or is not.
 */
export class Mortality {
  #steps = 0;
  #deathAt = Infinity;
  #done = true;
  /** What it died at. */
  died?: string;

  get steps(): number {
    return this.#steps;
  }

  /** From now on it dies at the step of that number, before or after the step is done. */
  dieAt(step: number, done: boolean): void {
    this.#steps = 0;
    this.#deathAt = step;
    this.#done = done;
    this.died = undefined;
  }

  /** Nothing happens to it any more. */
  live(): void {
    this.dieAt(Infinity, true);
  }

  /** Commands of git are steps. */
  mortal(spawn: Spawn): Spawn {
    return (command, args, options) => {
      const served = args[0] === 'http-backend';
      if (command !== 'git' || served || this.step(`git ${args.join(' ')}`))
        return spawn(command, args, options);
      return spawn('false', [], options);
    };
  }

  /** Statements are steps; what is left of a transaction is rolled back, as when a connection ends. */
  bindDatabase(knex: Knex): void {
    const prototype = Object.getPrototypeOf(knex.client);
    const query = prototype._query;
    const isDone = (sql: string) => /^ROLLBACK/i.test(sql) || this.step(sql);
    async function mortalQuery(
      this: unknown,
      connection: unknown,
      statement: { sql: string },
    ) {
      const { sql } = statement;
      if (isDone(sql)) return query.call(this, connection, statement);
      if (/^COMMIT/i.test(sql))
        await query.call(this, connection, { sql: 'ROLLBACK;' });
      throw new Error('The process is dead');
    }
    jest.spyOn(prototype, '_query').mockImplementation(mortalQuery as never);
  }

  /** Requests are steps. */
  bindServer(server: Pick<TestGitServer, 'fault'>): void {
    server.fault = ({ method, path }): Fault | undefined => {
      const alive = this.died === undefined;
      if (this.step(`${method} ${path}`)) return undefined;
      return alive && this.#done ? 'cut-after' : 'cut-before';
    };
  }

  /** @returns whether the step is done */
  private step(what: string): boolean {
    if (this.died !== undefined) return false;
    this.#steps++;
    if (this.#steps < this.#deathAt) return true;
    this.died = what;
    return this.#done && !what.match(/^(GET|POST|PUT|PATCH|DELETE) /);
  }
}
