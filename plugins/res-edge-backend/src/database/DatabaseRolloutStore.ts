import { NotFoundError } from '@backstage/errors';
import {
  GateState,
  Rollout,
  RolloutMove,
  RolloutPhase,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { Knex } from 'knex';
import { decodeCursor, encodeCursor, PageRequest } from '../util/cursor';
import { compareStrings } from '../util/compareStrings';
import {
  GateReadingStore,
  PastRollout,
  RolloutHistory,
  StoredGateReading,
  StoredRollout,
} from './RolloutStore';

interface RolloutRow {
  id: string;
  application: string;
  release: string;
  version: string;
  phase: string;
  since: string;
  started_at: string;
  latest: boolean;
  rings: string;
}

interface MoveRow {
  sequence: number;
  rollout: string;
  at: string;
  ring?: string | null;
  from: string;
  to: string;
  cause: string;
  actor?: string | null;
}

interface GateReadingRow {
  rollout: string;
  ring: string;
  gate: string;
  spec: string;
  state: string;
  value?: number | null;
  message: string;
  since: string;
  at: string;
  until: string;
}

/** {@link GateReadingStore} and {@link RolloutHistory} in the plugin's database. @internal */
export class DatabaseRolloutStore implements GateReadingStore, RolloutHistory {
  static create(options: { knex: Knex }): GateReadingStore & RolloutHistory {
    return new DatabaseRolloutStore(options.knex);
  }

  private constructor(private readonly knex: Knex) {}

  async latest(): Promise<StoredRollout[]> {
    const rows = await this.knex<RolloutRow>('rollouts')
      .where('latest', true)
      .select();
    return rows
      .map(toStored)
      .sort((a, b) =>
        compareStrings(a.rollout.application, b.rollout.application),
      );
  }

  async get(id: string): Promise<StoredRollout> {
    const row = await this.knex<RolloutRow>('rollouts').where({ id }).first();
    if (!row) throw new NotFoundError(`There is no rollout '${id}'`);
    return toStored(row);
  }

  async save(
    { id, startedAt, rollout }: StoredRollout,
    moves: readonly RolloutMove[],
  ): Promise<void> {
    const { application, rings, ...rest } = rollout;
    const facts = { ...rest, rings: JSON.stringify(rings) };
    await this.knex.transaction(async tx => {
      const known = await tx<RolloutRow>('rollouts')
        .where({ id })
        .update(facts);
      if (known === 0) {
        await tx<RolloutRow>('rollouts')
          .where({ application, latest: true })
          .update({ latest: false });
        await tx<RolloutRow>('rollouts').insert({
          ...{ id, application, started_at: startedAt, latest: true },
          ...facts,
        });
      }
      for (const move of moves) {
        await tx<MoveRow>('rollout_moves').insert({ rollout: id, ...move });
      }
    });
  }

  async moves(id: string): Promise<RolloutMove[]> {
    const rows = await this.knex<MoveRow>('rollout_moves')
      .where('rollout', id)
      .orderBy('sequence')
      .select();
    return rows.map(toMove);
  }

  async lastMoves(): Promise<ReadonlyMap<string, RolloutMove>> {
    const latest = this.knex('rollouts').where('latest', true).select('id');
    const last = this.knex('rollout_moves')
      .whereIn('rollout', latest)
      .groupBy('rollout')
      .max('sequence');
    const rows = await this.knex<MoveRow>('rollout_moves')
      .whereIn('sequence', last)
      .select();
    return new Map(rows.map(row => [row.rollout, toMove(row)]));
  }

  async history(
    application: string,
    { limit, cursor }: PageRequest,
  ): Promise<{ items: PastRollout[]; nextCursor?: string }> {
    const after = decodeCursor<readonly [string, string]>(cursor, [
      'string',
      'string',
    ]);
    const query = this.knex<RolloutRow>('rollouts')
      .where({ application })
      .orderBy([{ column: 'started_at', order: 'desc' }, 'id'])
      .limit(limit + 1)
      .select();
    if (after) {
      const [startedAt, id] = after;
      query.whereRaw('(started_at < ? or (started_at = ? and id > ?))', [
        ...[startedAt, startedAt, id],
      ]);
    }
    const rows = await query;
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const turns = await this.turns(page.map(({ id }) => id));
    return {
      items: page.map(row => ({
        ...toStored(row),
        turns: turns.get(row.id)!,
      })),
      ...(last &&
        rows.length > limit && {
          nextCursor: encodeCursor([last.started_at, last.id]),
        }),
    };
  }

  async gateReadings(ids: readonly string[]): Promise<StoredGateReading[]> {
    const rows = await this.knex<GateReadingRow>('gate_readings')
      .whereIn('rollout', ids)
      .select();
    return rows.map(({ spec, state, value, gate: _, ...reading }) => ({
      ...reading,
      gate: JSON.parse(spec),
      state: state as GateState,
      ...(typeof value === 'number' && { value }),
    }));
  }

  async saveGateReading({ gate, ...reading }: StoredGateReading) {
    await this.knex('gate_readings')
      .insert({
        // What has no value any more loses the one that it had.
        ...{ value: null, ...reading },
        ...{ gate: gate.name, spec: JSON.stringify(gate) },
      })
      .onConflict(['rollout', 'ring', 'gate'])
      .merge();
  }

  /** What happened to these as a whole, in order, by id. */
  private async turns(ids: readonly string[]) {
    const rows = await this.knex<MoveRow>('rollout_moves')
      .whereIn('rollout', ids)
      .whereNull('ring')
      .orderBy('sequence')
      .select();
    const turns = new Map<string, RolloutMove[]>(ids.map(id => [id, []]));
    for (const row of rows) turns.get(row.rollout)!.push(toMove(row));
    return turns;
  }
}

function toMove({ at, ring, from, to, cause, actor }: MoveRow): RolloutMove {
  return {
    at,
    ...(typeof ring === 'string' && { ring }),
    from: from as RolloutMove['from'],
    to: to as RolloutMove['to'],
    cause,
    ...(typeof actor === 'string' && { actor }),
  };
}

function toStored(row: RolloutRow): StoredRollout {
  const { id, started_at: startedAt, application, release } = row;
  const { version, since } = row;
  const rollout: Rollout = {
    ...{ application, release, version, since },
    phase: row.phase as RolloutPhase,
    rings: JSON.parse(row.rings),
  };
  return { id, startedAt, rollout };
}
