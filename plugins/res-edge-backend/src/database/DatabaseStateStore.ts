import { ConflictError } from '@backstage/errors';
import { JsonValue } from '@backstage/types';
import { Knex } from 'knex';
import { Counters, Lease, StateStore } from './StateStore';
import { LeaseRow } from './tables';

interface StateRow {
  key: string;
  value: string;
  updated_at: string;
}

interface CounterRow {
  name: string;
  revision: number;
}

/** {@link StateStore} in the plugin's database. @internal */
export class DatabaseStateStore implements StateStore {
  /** @param options - `now`: another clock, for tests */
  static create(options: { knex: Knex; now?: () => Date }): StateStore {
    return new DatabaseStateStore(
      options.knex,
      options.now ?? (() => new Date()),
    );
  }

  private constructor(
    private readonly knex: Knex,
    private readonly now: () => Date,
  ) {}

  async get<T extends JsonValue>(key: string): Promise<T | undefined> {
    const row = await this.knex<StateRow>('automation_state')
      .where({ key })
      .first();
    return row && JSON.parse(row.value);
  }

  async set(key: string, value: JsonValue, lease?: Lease): Promise<void> {
    await this.knex.transaction(async tx => {
      if (lease) {
        this.check(await current(tx, lease.name), lease);
      }
      await tx<StateRow>('automation_state')
        .insert({
          key,
          value: JSON.stringify(value),
          updated_at: this.now().toISOString(),
        })
        .onConflict('key')
        .merge();
    });
  }

  async counters(): Promise<Counters> {
    const rows = await this.knex<CounterRow>('revisions').select();
    const of = (name: keyof Counters) =>
      rows.find(row => row.name === name)?.revision ?? 0;
    return {
      inventory: of('inventory'),
      findings: of('findings'),
      requests: of('requests'),
    };
  }

  async count(name: 'findings' | 'requests'): Promise<number> {
    return this.knex.transaction(async tx => {
      await tx<CounterRow>('revisions').where({ name }).increment('revision');
      const row = await tx<CounterRow>('revisions').where({ name }).first();
      return row!.revision;
    });
  }

  async acquireLease(
    name: string,
    holder: string,
    ttlMilliseconds: number,
  ): Promise<Lease | undefined> {
    return this.knex.transaction(async tx => {
      await tx<LeaseRow>('leases')
        .insert({ name, holder, fencing: 0, expires_at: 0 })
        .onConflict('name')
        .ignore();
      const row = await current(tx, name);
      const now = this.now().getTime();
      if (!row || (row.holder !== holder && Number(row.expires_at) > now)) {
        return undefined;
      }
      const fencing = row.fencing + 1;
      const expiresAt = now + ttlMilliseconds;
      await tx<LeaseRow>('leases')
        .where({ name })
        .update({ holder, fencing, expires_at: expiresAt });
      return { name, holder, fencing, expiresAt: new Date(expiresAt) };
    });
  }

  async renewLease(lease: Lease, ttlMilliseconds: number): Promise<Lease> {
    const expiresAt = this.now().getTime() + ttlMilliseconds;
    const renewed = await this.knex<LeaseRow>('leases')
      .where({ name: lease.name, fencing: lease.fencing })
      .update({ expires_at: expiresAt });
    if (renewed === 0) {
      throw lost(lease);
    }
    return { ...lease, expiresAt: new Date(expiresAt) };
  }

  async releaseLease({ name, fencing }: Lease): Promise<void> {
    await this.knex<LeaseRow>('leases')
      .where({ name, fencing })
      .update({ expires_at: 0 });
  }

  async assertFencing(lease: Lease): Promise<void> {
    const row = await this.knex<LeaseRow>('leases')
      .where({ name: lease.name })
      .first();
    this.check(row, lease);
  }

  private check(row: LeaseRow | undefined, lease: Lease): void {
    if (
      row?.fencing !== lease.fencing ||
      Number(row.expires_at) <= this.now().getTime()
    ) {
      throw lost(lease);
    }
  }
}

/** The lease as it stands, kept from changing until the transaction ends. */
async function current(
  tx: Knex.Transaction,
  name: string,
): Promise<LeaseRow | undefined> {
  return tx<LeaseRow>('leases').where({ name }).forUpdate().first();
}

function lost({ name, fencing }: Lease): ConflictError {
  return new ConflictError(
    `The lease '${name}' number ${fencing} ran out, or another replica took it`,
  );
}
