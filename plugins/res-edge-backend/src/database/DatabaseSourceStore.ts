import { createHash } from 'node:crypto';
import { Knex } from 'knex';
import { compareStrings } from '../util/compareStrings';
import { SourceFiles, SourceStore } from './SourceStore';

interface SourceRow {
  digest: string;
  files: string;
  stored_at: string;
  stored_by: string;
}

/** {@link SourceStore} in the plugin's database. @internal */
export class DatabaseSourceStore implements SourceStore {
  /** @param options - `now`: another clock, for tests */
  static create(options: { knex: Knex; now?: () => Date }): SourceStore {
    return new DatabaseSourceStore(
      options.knex,
      options.now ?? (() => new Date()),
    );
  }

  private constructor(
    private readonly knex: Knex,
    private readonly now: () => Date,
  ) {}

  async put(files: SourceFiles, actor: string): Promise<string> {
    const text = JSON.stringify(
      [...files].sort(([a], [b]) => compareStrings(a, b)),
    );
    const digest = createHash('sha256').update(text).digest('hex');
    const at = this.now().toISOString();
    await this.knex<SourceRow>('sources')
      .insert({ digest, files: text, stored_at: at, stored_by: actor })
      .onConflict('digest')
      // Whoever stores it again will name it soon: the time till then begins anew.
      .merge(['stored_at']);
    return digest;
  }

  async get(digest: string): Promise<SourceFiles | undefined> {
    const row = await this.knex<SourceRow>('sources').where({ digest }).first();
    return row && new Map(JSON.parse(row.files));
  }

  async expire(until: Date): Promise<number> {
    const old = await this.knex<SourceRow>('sources')
      .where('stored_at', '<=', until.toISOString())
      .select('digest');
    let expired = 0;
    for (const { digest } of old) {
      const named = await this.knex('entities')
        .where('entity', 'like', `%${digest}%`)
        .first('ref');
      if (named) continue;
      expired += await this.knex<SourceRow>('sources')
        .where({ digest })
        // Unless it was stored again meanwhile.
        .andWhere('stored_at', '<=', until.toISOString())
        .delete();
    }
    return expired;
  }
}
