import { NamedLosses } from '@res-edge/backstage-plugin-res-edge-engine';
import { Knex } from 'knex';
import { GuardStore, SignOff } from './GuardStore';
import { fromLossesText, toLossesText } from './lossesText';

interface LossRow {
  sequence: number;
  at: string;
  losses: string;
}

interface SignOffRow extends LossRow {
  actor: string;
  reason?: string | null;
  policy?: string | null;
  open: boolean;
}

/** {@link GuardStore} in the plugin's database. @internal */
export class DatabaseGuardStore implements GuardStore {
  static create(options: { knex: Knex }): GuardStore {
    return new DatabaseGuardStore(options.knex);
  }

  private constructor(private readonly knex: Knex) {}

  async addLosses(losses: NamedLosses, at: Date): Promise<void> {
    if (isEmpty(losses)) return;
    await this.knex('guard_losses').insert({
      at: at.toISOString(),
      losses: toLossesText(losses),
    });
  }

  async recentLosses(since: Date): Promise<NamedLosses> {
    const rows = await this.knex<LossRow>('guard_losses')
      .where('at', '>', since.toISOString())
      .select();
    return union(rows.map(({ losses }) => fromLossesText(losses)));
  }

  async expireLosses(until: Date): Promise<void> {
    await this.knex('guard_losses')
      .where('at', '<=', until.toISOString())
      .delete();
  }

  async forgetLosses(applications: ReadonlySet<string>): Promise<void> {
    await this.knex.transaction(async tx => {
      for (const row of await tx<LossRow>('guard_losses').select()) {
        const losses = fromLossesText(row.losses);
        const rest = [...losses.applications].filter(
          ([name]) => !applications.has(name),
        );
        if (rest.length === losses.applications.size) continue;
        const where = { sequence: row.sequence };
        const left = { ...losses, applications: new Map(rest) };
        if (isEmpty(left)) await tx('guard_losses').where(where).delete();
        else
          await tx('guard_losses')
            .where(where)
            .update({ losses: toLossesText(left) });
      }
    });
  }

  async addSignOff(signOff: SignOff): Promise<void> {
    await this.knex('guard_sign_offs').insert({
      at: signOff.at.toISOString(),
      actor: signOff.actor,
      reason: signOff.reason,
      losses: toLossesText(signOff.losses),
      policy: signOff.policy,
      open: !isEmpty(signOff.losses),
    });
  }

  async signedOff(): Promise<NamedLosses> {
    const rows = await this.openSignOffs(this.knex);
    return union(rows.map(({ losses }) => fromLossesText(losses)));
  }

  async keepSignedOff(current: NamedLosses): Promise<void> {
    await this.knex.transaction(async tx => {
      for (const row of await this.openSignOffs(tx)) {
        const losses = fromLossesText(row.losses);
        const kept: NamedLosses = {
          applications: common(losses.applications, current.applications),
          namespaces: common(losses.namespaces, current.namespaces),
        };
        const text = toLossesText(kept);
        if (text === row.losses) continue;
        await tx('guard_sign_offs')
          .where({ sequence: row.sequence })
          .update({ losses: text, open: !isEmpty(kept) });
      }
    });
  }

  async policies(): Promise<ReadonlySet<string>> {
    const rows = await this.knex<SignOffRow>('guard_sign_offs')
      .whereNotNull('policy')
      .distinct('policy');
    return new Set(rows.flatMap(({ policy }) => policy ?? []));
  }

  private async openSignOffs(knex: Knex): Promise<SignOffRow[]> {
    return knex<SignOffRow>('guard_sign_offs')
      .where({ open: true })
      .orderBy('sequence')
      .select();
  }
}

type Names = ReadonlyMap<string, ReadonlySet<string>>;

function isEmpty({ applications, namespaces }: NamedLosses): boolean {
  return applications.size + namespaces.size === 0;
}

function common(one: Names, other: Names): Names {
  const result = new Map<string, ReadonlySet<string>>();
  for (const [name, clusters] of one) {
    const both = [...clusters].filter(cluster => other.get(name)?.has(cluster));
    if (both.length > 0) result.set(name, new Set(both));
  }
  return result;
}

function union(all: readonly NamedLosses[]): NamedLosses {
  const merge = (sets: readonly Names[]): Names => {
    const result = new Map<string, Set<string>>();
    for (const [name, clusters] of sets.flatMap(names => [...names])) {
      const known = result.get(name);
      if (known) for (const cluster of clusters) known.add(cluster);
      else result.set(name, new Set(clusters));
    }
    return result;
  };
  return {
    applications: merge(all.map(({ applications }) => applications)),
    namespaces: merge(all.map(({ namespaces }) => namespaces)),
  };
}
