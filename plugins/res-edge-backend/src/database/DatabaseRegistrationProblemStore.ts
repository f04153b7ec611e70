import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { Knex } from 'knex';
import { compareStrings } from '../util/compareStrings';
import {
  RegistrationProblemStore,
  StoredProblem,
} from './RegistrationProblemStore';
import { RegistrationProblemRow } from './tables';

/** Rows, or values of one condition, in one statement: SQLite takes no more parameters. */
const CHUNK = 100;

/** {@link RegistrationProblemStore} in the plugin's database. @internal */
export class DatabaseRegistrationProblemStore
  implements RegistrationProblemStore
{
  /** @param options - `now`: another clock, for tests */
  static create(options: {
    knex: Knex;
    now?: () => Date;
  }): RegistrationProblemStore {
    return new DatabaseRegistrationProblemStore(
      options.knex,
      options.now ?? (() => new Date()),
    );
  }

  private constructor(
    private readonly knex: Knex,
    private readonly now: () => Date,
  ) {}

  async replace(
    source: string,
    problems: readonly Problem[],
  ): Promise<boolean> {
    const at = this.now().toISOString();
    return this.knex.transaction(async tx => {
      const rows = () =>
        tx<RegistrationProblemRow>('registration_problems').where({ source });
      const known = new Map(
        (await rows()).map(row => [keyOf(row), row.id] as const),
      );
      const wanted = new Map(
        problems.map(({ entity, field, message }) => {
          const problem = { entity, field, message };
          return [keyOf(problem), { ...problem, source, at }] as const;
        }),
      );
      const gone = [...known].filter(([key]) => !wanted.has(key));
      const added = [...wanted].filter(([key]) => !known.has(key));
      for (const ids of chunks(gone.map(([, id]) => id))) {
        await rows().whereIn('id', ids).delete();
      }
      await rows().update({ at });
      for (const part of chunks(added.map(([, row]) => row))) {
        await tx('registration_problems').insert(part);
      }
      return gone.length + added.length > 0;
    });
  }

  async remove(sources: readonly string[]): Promise<boolean> {
    let count = 0;
    for (const part of chunks(sources)) {
      count += await this.knex('registration_problems')
        .whereIn('source', part)
        .delete();
    }
    return count > 0;
  }

  async problems(): Promise<Problem[]> {
    return (await this.list()).map(({ entity, field, message }) => ({
      entity,
      field,
      message,
    }));
  }

  async list(): Promise<StoredProblem[]> {
    const rows = await this.knex<RegistrationProblemRow>(
      'registration_problems',
    ).select();
    return rows
      .sort((a, b) => compareStrings(keyOf(a), keyOf(b)))
      .map(({ id, ...problem }) => problem);
  }
}

function keyOf({ entity, field, message }: Problem): string {
  return JSON.stringify([entity, field, message]);
}

function* chunks<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += CHUNK) {
    yield items.slice(start, start + CHUNK);
  }
}
