import { Knex } from 'knex';
import {
  ArtifactStore,
  ExpiredManifest,
  PushedManifest,
} from './ArtifactStore';

const TABLE = 'pushed_artifacts';
/** So many names are looked for by one statement. */
const CHUNK = 500;

interface ArtifactRow {
  registry: string;
  repository: string;
  digest: string;
  tag: string;
  pushed_at: string;
  left_at?: string | null;
}

/** How many manifests a repository has, and of how many it is noted that it was left. */
interface Counted {
  repository: string;
  marked: number | string;
  total: number | string;
}

/** {@link ArtifactStore} in the plugin's database. @internal */
export class DatabaseArtifactStore implements ArtifactStore {
  /** @param options - `registry`: its host and the path below which is pushed */
  static create(options: { knex: Knex; registry: string }): ArtifactStore {
    return new DatabaseArtifactStore(options.knex, options.registry);
  }

  private constructor(
    private readonly knex: Knex,
    private readonly registry: string,
  ) {}

  async note(
    manifests: readonly (PushedManifest & { tag: string })[],
    at: Date,
  ): Promise<void> {
    if (manifests.length === 0) return;
    const rows = manifests.map(({ repository, digest, tag }) => ({
      ...{ registry: this.registry, repository, digest, tag },
      pushed_at: at.toISOString(),
      left_at: null,
    }));
    await this.knex<ArtifactRow>(TABLE)
      .insert(rows)
      .onConflict(['registry', 'repository', 'digest'])
      .merge();
  }

  async noteWanted(wanted: ReadonlySet<string>, at: Date): Promise<void> {
    const left: string[] = [];
    const back: string[] = [];
    const found = await this.rows()
      .groupBy('repository')
      .select('repository')
      .count<Counted[]>({ marked: 'left_at', total: '*' });
    for (const { repository, marked, total } of found) {
      // The one database gives numbers, the other texts.
      if (wanted.has(repository)) {
        if (Number(marked) > 0) back.push(repository);
      } else if (Number(marked) < Number(total)) left.push(repository);
    }
    await this.mark(back, null);
    await this.mark(left, at.toISOString());
  }

  async expired(
    until: Date,
    { limit, after }: { limit: number; after?: PushedManifest },
  ): Promise<ExpiredManifest[]> {
    const end = until.toISOString();
    const { knex } = this;
    const query = knex<ArtifactRow>(`${TABLE} as old`)
      .where('old.registry', this.registry)
      .andWhere(isOld =>
        isOld
          .where('old.left_at', '<=', end)
          .orWhereExists(
            knex(`${TABLE} as newer`)
              .select(knex.raw('1'))
              .whereRaw('newer.registry = old.registry')
              .whereRaw('newer.repository = old.repository')
              .whereRaw('newer.pushed_at > old.pushed_at')
              .where('newer.pushed_at', '<=', end),
          ),
      );
    if (after) {
      const { repository, digest } = after;
      query.whereRaw('(old.repository, old.digest) > (?, ?)', [
        repository,
        digest,
      ]);
    }
    const rows: ArtifactRow[] = await query
      .orderBy(['old.repository', 'old.digest'])
      .limit(limit)
      .select('old.*');
    return rows.map(({ repository, digest, left_at }) => ({
      ...{ repository, digest },
      isLeft: Boolean(left_at && left_at <= end),
    }));
  }

  async tags(repository: string): Promise<ReadonlySet<string>> {
    return new Set(await this.rows().where({ repository }).pluck('tag'));
  }

  async forget({ repository, digest }: PushedManifest): Promise<void> {
    await this.rows().where({ repository, digest }).delete();
  }

  private rows() {
    return this.knex<ArtifactRow>(TABLE).where({ registry: this.registry });
  }

  private async mark(
    repositories: readonly string[],
    leftAt: string | null,
  ): Promise<void> {
    for (let from = 0; from < repositories.length; from += CHUNK) {
      const chunk = repositories.slice(from, from + CHUNK);
      const rows = this.rows().whereIn('repository', chunk);
      // Who left before left then.
      if (leftAt !== null) rows.whereNull('left_at');
      await rows.update({ left_at: leftAt });
    }
  }
}
