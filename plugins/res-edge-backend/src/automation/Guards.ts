import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  entityRefOf,
  Guard as ApiGuard,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  Bitmap,
  describeClusters,
  distinctGuards,
  findGuards,
  findLosses,
  Guard,
  guardHolds,
  GuardOptions,
  heldLosses,
  Holds,
  Losses,
  LostClusters,
  NamedLosses,
  Snapshot,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { createHash } from 'node:crypto';
import { GuardStore } from '../database';
import { MainState } from './MainBranch';
import { PlannedMain } from './PlannedMain';

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

/** What one plan would take away, and what of it waits. @internal */
export interface GuardedPlan {
  readonly guards: readonly Guard[];
  readonly holds: Holds;
  /** Names of clusters that are retired or no longer registered, and keep their folders. */
  readonly kept: ReadonlySet<string>;
  readonly problems: readonly Problem[];
  /** All that would be taken away. */
  readonly losses: NamedLosses;
  /** What is taken away now, without anybody's yes. */
  readonly free: NamedLosses;
}

/** What people say yes to by merging it, as far as they have not yet. @internal */
export interface ExpectedSignOffs {
  readonly losses: NamedLosses;
  /** References of prohibitions. */
  readonly policies: ReadonlySet<string>;
}

const NOTHING_EXPECTED: ExpectedSignOffs = {
  losses: { applications: new Map(), namespaces: new Map() },
  policies: new Set(),
};

/** Someone's yes to losses. @internal */
export interface Approval {
  readonly actor: string;
  readonly reason?: string;
}

/**
 * Lets losses wait for a person: says what waits, remembers what was taken away within a day, and who said yes to what.
 *
 * @internal
 */
export class Guards {
  /** Of the latest plan, by digest. */
  #waiting = new Map<string, { guard: Guard; snapshot: Snapshot }>();

  private constructor(
    private readonly store: GuardStore,
    private readonly options: GuardOptions,
  ) {}

  static create(options: { store: GuardStore; guard: GuardOptions }): Guards {
    return new Guards(options.store, options.guard);
  }

  /** Looks at the plan that holds now; nothing is written. */
  async check(planned: PlannedMain, now: Date): Promise<GuardedPlan> {
    const guarded = await this.look(planned, now);
    const { snapshot } = planned.plan;
    this.#waiting = new Map(
      guarded.guards.map(guard => [
        digestOf(guard, snapshot),
        { guard, snapshot },
      ]),
    );
    return guarded;
  }

  /** The same for a plan that nobody is to sign off now. */
  async look(
    planned: Omit<PlannedMain, 'registration'>,
    now: Date,
    expected: ExpectedSignOffs = NOTHING_EXPECTED,
  ): Promise<GuardedPlan> {
    const { main, plan, input, delivered } = planned;
    const { snapshot } = plan;
    const baseline = input.baseline.applications;
    const losses = findLosses({
      plan,
      decisions: main.decisions,
      baseline: input.baseline,
      delivered,
      answered: new Set([...(await this.answered(main)), ...expected.policies]),
    });
    const signedOff = bothLosses(await this.store.signedOff(), expected.losses);
    const since = new Date(now.getTime() - DAY_MILLISECONDS);
    const { applications: recent } = await this.store.recentLosses(since);
    const { options } = this;
    const guards = distinctGuards(
      findGuards({
        ...{ plan, baseline, losses, recent, signedOff, options },
      }),
    );
    const held = heldLosses(guards);
    const named = namesOf(losses, snapshot);
    const waiting = namesOf(held, snapshot);
    return {
      guards,
      holds: guardHolds(plan, main.decisions, baseline, held),
      kept: keptClusters(held, snapshot),
      problems: guards.map(problemOf),
      losses: named,
      free: {
        applications: without(
          without(named.applications, waiting.applications),
          signedOff.applications,
        ),
        namespaces: new Map(),
      },
    };
  }

  /** Remembers what is about to be taken away, and of what is allowed only what still would be. */
  async note({ losses, free }: GuardedPlan, now: Date): Promise<void> {
    await this.store.keepSignedOff(losses);
    await this.store.expireLosses(new Date(now.getTime() - DAY_MILLISECONDS));
    await this.store.addLosses(free, now);
  }

  /** What waits, for people. */
  list(): ApiGuard[] {
    return [...this.#waiting].map(([id, { guard, snapshot }]) => ({
      id,
      scope: guard.scope,
      name: guard.name,
      lost: guard.lost,
      before: guard.before,
      total: guard.total,
      losses: (['applications', 'namespaces'] as const).flatMap(kind =>
        [...guard.losses[kind]].map(([name, lost]) => ({
          kind: kind === 'applications' ? 'application' : 'namespace',
          name,
          clusters: describeClusters(snapshot, lost.clusters),
          gone: [...lost.gone],
        })),
      ) as ApiGuard['losses'],
    }));
  }

  /**
   * A person's yes to what waits, as it was read.
   *
   * @throws ConflictError where something else waits by now
   * @throws NotFoundError where nothing does
   */
  async signOff(id: string, by: Approval, now: Date): Promise<void> {
    const waiting = this.#waiting.get(id);
    if (!waiting) {
      if (this.#waiting.size === 0)
        throw new NotFoundError(`Nothing waits for a sign-off as '${id}'`);
      throw new ConflictError(
        'What waits is something else by now: read it again, then sign off what it says now',
      );
    }
    const { guard, snapshot } = waiting;
    const losses = namesOf(guard.losses, snapshot);
    await this.store.addSignOff({ ...by, at: now, losses });
    await this.store.forgetLosses(new Set(losses.applications.keys()));
    this.#waiting.delete(id);
  }

  /** A person merged a change request that showed these losses. */
  async signOffMerged(
    merged: { losses: NamedLosses; policy?: string },
    by: Approval,
    now: Date,
  ): Promise<void> {
    await this.store.addSignOff({ ...by, ...merged, at: now });
  }

  private async answered({ decisions }: MainState) {
    const known = await this.store.policies();
    const answered = new Set<string>();
    for (const [name, policy] of decisions.policies) {
      const ref = entityRefOf('EdgePolicy', name);
      if (known.has(policyDigest(ref, policy))) answered.add(ref);
    }
    return answered;
  }
}

/** What a yes to a prohibition binds to. @internal */
export function policyDigest(ref: string, policy: object): string {
  const hash = createHash('sha256').update(JSON.stringify(policy));
  return `${ref} ${hash.digest('hex').slice(0, 16)}`;
}

/** Losses by the names of clusters. @internal */
export function namesOf(
  { applications, namespaces }: Losses,
  snapshot: Snapshot,
): NamedLosses {
  const names = (losses: ReadonlyMap<string, LostClusters>) =>
    new Map(
      [...losses].map(([name, { clusters, gone }]) => [
        name,
        new Set([...snapshot.namesOf(clusters), ...gone]),
      ]),
    );
  return { applications: names(applications), namespaces: names(namespaces) };
}

function bothLosses(one: NamedLosses, other: NamedLosses): NamedLosses {
  const both = (
    a: NamedLosses['applications'],
    b: NamedLosses['applications'],
  ) => {
    const result = new Map(a);
    for (const [name, clusters] of b)
      result.set(name, new Set([...(result.get(name) ?? []), ...clusters]));
    return result;
  };
  return {
    applications: both(one.applications, other.applications),
    namespaces: both(one.namespaces, other.namespaces),
  };
}

function without(
  names: NamedLosses['applications'],
  others: NamedLosses['applications'],
): NamedLosses['applications'] {
  const rest = new Map<string, ReadonlySet<string>>();
  for (const [name, clusters] of names) {
    const left = [...clusters].filter(
      cluster => !others.get(name)?.has(cluster),
    );
    if (left.length > 0) rest.set(name, new Set(left));
  }
  return rest;
}

function keptClusters(
  { applications, namespaces }: Losses,
  snapshot: Snapshot,
): ReadonlySet<string> {
  const kept = new Set<string>();
  for (const { clusters, gone } of [
    ...applications.values(),
    ...namespaces.values(),
  ]) {
    for (const name of gone) kept.add(name);
    clusters.forEach(number => {
      const { metadata, spec } = snapshot.clusters[number];
      if (spec.state === 'retired') kept.add(metadata.name);
    });
  }
  return kept;
}

function digestOf(guard: Guard, snapshot: Snapshot): string {
  const hash = createHash('sha256').update(`${guard.scope} ${guard.name}\n`);
  const { applications, namespaces } = namesOf(guard.losses, snapshot);
  for (const losses of [applications, namespaces]) {
    for (const [name, clusters] of losses)
      hash.update(`${name}: ${[...clusters].join(' ')}\n`);
    hash.update('\n');
  }
  return hash.digest('hex').slice(0, 16);
}

const KINDS = {
  application: 'EdgeApplication',
  namespace: 'EdgeNamespace',
  group: 'EdgeGroup',
  deletion: 'EdgeNamespace',
} as const;

function problemOf({ scope, name, lost, before, total }: Guard): Problem {
  const what =
    scope === 'deletion'
      ? `the Kubernetes Namespace would be deleted on ${lost} clusters`
      : `${lost} of ${total} clusters would lose ${
          scope === 'application' ? 'it' : 'an application of it'
        }${before > 0 ? ` (${before} of them did within a day)` : ''}`;
  return {
    entity: scope === 'fleet' ? '' : entityRefOf(KINDS[scope], name),
    field: '',
    message: `${what}: that waits for a person's sign-off`,
  };
}

/** The clusters that are in one set and not in the other, by name; only where there are any. @internal */
export function lostBetween(
  snapshot: Snapshot,
  before: ReadonlyMap<string, Bitmap>,
  after: ReadonlyMap<string, Bitmap>,
): NamedLosses['applications'] {
  const lost = new Map<string, ReadonlySet<string>>();
  for (const [name, clusters] of before) {
    const now = after.get(name);
    const gone = now ? clusters.clone().andNot(now) : clusters;
    if (!gone.isEmpty()) lost.set(name, new Set(snapshot.namesOf(gone)));
  }
  return lost;
}
