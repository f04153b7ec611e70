import { ConflictError, InputError } from '@backstage/errors';
import {
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  advanceRollout,
  Bitmap,
  commandRollout,
  followRelease,
  Holds,
  Rollout,
  rolloutBatch,
  RolloutRequest,
  RolloutWish,
  RolloutWorld,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { randomUUID } from 'node:crypto';
import { RolloutStore, StoredRollout } from '../database';
import { approvalsFor } from './Approvals';
import {
  createRolloutWorld,
  reachedOf,
  RolloutFacts,
  RolloutReports,
  StagedApplication,
} from './createRolloutWorld';
import { Delivery } from './Delivery';
import { ForeseenRolloutStore } from './ForeseenRolloutStore';
import { Intent } from './Intent';
import { PlannedMain } from './PlannedMain';
import { promotionIntent } from './promotionIntent';

/** Lines of release.yaml that are due: by themselves, or by a person who merges them. @internal */
export interface Promotions {
  readonly direct: readonly Intent[];
  readonly requests: readonly Intent[];
  readonly problems: readonly Problem[];
}

/**
 * Brings rollouts on, at each run: what main says, what is delivered, what clusters report and the clock decide; people
 * ask. Each step is stored with its cause.
 *
 * @internal
 */
export class Rollouts {
  private constructor(
    private readonly store: RolloutStore,
    private readonly delivery: Pick<Delivery, 'wanted'>,
    /** What clusters report; undefined where nobody takes it in. */
    readonly reports: RolloutReports | undefined,
  ) {}

  static create(options: {
    store: RolloutStore;
    delivery: Pick<Delivery, 'wanted'>;
    /** What clusters report. */
    reports?: RolloutReports;
  }): Rollouts {
    return new Rollouts(options.store, options.delivery, options.reports);
  }

  /** Ones that go on from here, and of which nothing is stored. */
  fork(): Rollouts {
    return new Rollouts(
      ForeseenRolloutStore.create(this.store),
      this.delivery,
      this.reports,
    );
  }

  /** The newest of each application, by its name. */
  async latest(): Promise<ReadonlyMap<string, Rollout>> {
    const latest = await this.store.latest();
    return new Map(latest.map(({ rollout }) => [rollout.application, rollout]));
  }

  /** Releases that are taken back, by application: they do not start again. */
  async refused(): Promise<ReadonlyMap<string, string>> {
    return new Map(
      [...(await this.latest())]
        .filter(([, { phase }]) =>
          ['rolling-back', 'rolled-back'].includes(phase),
        )
        .map(([application, { release }]) => [application, release]),
    );
  }

  /**
   * Brings them as far as they come, and gives what main shall say.
   *
   * @param held - what waits for other reasons; asked where a rollout is under way
   * @param busy - references of entities that something else is asked for, or that are held
   */
  async advance(
    planned: PlannedMain,
    held: () => Holds,
    busy: ReadonlySet<string>,
  ): Promise<Promotions> {
    const direct: Intent[] = [];
    const requests: Intent[] = [];
    const problems: Problem[] = [];
    await this.each(planned, held, async (facts, stored, staged) => {
      const { entity } = staged;
      const ref = entityRefOf('EdgeApplication', entity.metadata.name);
      try {
        const world = createRolloutWorld(facts, stored.rollout, staged);
        const advanced = advanceRollout(stored.rollout, world);
        const { rollout, moves, wishes } = advanced;
        if (rollout !== stored.rollout)
          await this.store.save({ ...stored, rollout }, moves);
        if (wishes.length === 0 || busy.has(ref)) return;
        const intent = promotionIntent(planned, entity, rollout, wishes);
        if (needsPerson(intent, rollout, wishes, planned))
          requests.push(intent);
        else direct.push(intent);
      } catch (error) {
        // One that cannot go on does not stop the others.
        if (!(error instanceof InputError)) throw error;
        const message = `Its rollout cannot go on: ${error.message}`;
        problems.push({ entity: ref, field: 'spec.rollout', message });
      }
    });
    for (const rollout of (await this.latest()).values())
      problems.push(...problemsOf(rollout, planned));
    return { direct, requests, problems };
  }

  /**
   * What waits for the next batch; when clusters begin to change now is written down.
   *
   * @param held - what waits for other reasons
   */
  async holds(planned: PlannedMain, held: Holds): Promise<Holds> {
    const applications = new Map<string, Bitmap>();
    await this.each(
      planned,
      () => held,
      async (facts, stored, staged) => {
        const waits = await this.batch(facts, stored, staged);
        waits.andNot(waitsForNothing(planned));
        if (!waits.isEmpty())
          applications.set(stored.rollout.application, waits);
      },
    );
    return { applications, namespaces: new Map() };
  }

  /** Where the rollout of an application stands; undefined where none is under way. */
  async standing(
    planned: PlannedMain,
    application: string,
  ): Promise<{ rollout: Rollout; world: RolloutWorld } | undefined> {
    const rollout = (await this.latest()).get(application);
    const staged = stagedOf(planned, application);
    if (!rollout || !staged || !canMove(rollout)) return undefined;
    const { main, plan, delivered } = planned;
    const facts: RolloutFacts = {
      ...{ planned, reports: this.reports },
      held: { applications: new Map(), namespaces: new Map() },
      wanted: await this.delivery.wanted({ main, plan }, delivered),
    };
    return { rollout, world: createRolloutWorld(facts, rollout, staged) };
  }

  /**
   * Does what a person asks for.
   *
   * @throws NotFoundError where there is no such rollout
   * @throws ConflictError where it is in no state for that, or a newer one took its place
   */
  async command(id: string, request: RolloutRequest, now: Date): Promise<void> {
    const stored = await this.store.get(id);
    const { application, version } = stored.rollout;
    const latest = await this.store.latest();
    if (!latest.some(each => each.id === id))
      throw new ConflictError(
        `A newer rollout of '${application}' took the place of that of ${version}`,
      );
    const { rollout, moves } = commandRollout(stored.rollout, request, now);
    await this.store.save({ ...stored, rollout }, moves);
  }

  private async batch(
    facts: RolloutFacts,
    stored: StoredRollout,
    staged: StagedApplication,
  ): Promise<Bitmap> {
    const world = createRolloutWorld(facts, stored.rollout, staged);
    try {
      const { rollout, held } = rolloutBatch(stored.rollout, world);
      if (rollout !== stored.rollout)
        await this.store.save({ ...stored, rollout }, []);
      return held;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      // A policy that nobody can follow holds more, not less.
      const all = Bitmap.empty(world.delivered.size);
      for (const clusters of world.clusters.values()) all.or(clusters);
      return all.andNot(world.delivered);
    }
  }

  /** Each rollout that can still move, the new ones too. */
  private async each(
    planned: PlannedMain,
    held: () => Holds,
    task: (
      facts: RolloutFacts,
      stored: StoredRollout,
      staged: StagedApplication,
    ) => Promise<void>,
  ): Promise<void> {
    const { main, plan, delivered } = planned;
    if (plan.rollouts.size === 0) return;
    const latest = new Map(
      (await this.store.latest()).map(stored => [
        stored.rollout.application,
        stored,
      ]),
    );
    let facts: RolloutFacts | undefined;
    for (const name of main.decisions.applications.keys()) {
      const staged = stagedOf(planned, name);
      if (!staged) continue;
      const stored = await this.current(planned, staged, latest.get(name));
      if (!stored || !canMove(stored.rollout)) continue;
      facts ??= {
        ...{ planned, held: held(), reports: this.reports },
        wanted: await this.delivery.wanted({ main, plan }, delivered),
      };
      await task(facts, stored, staged);
    }
  }

  /** The rollout of what the first ring has; one that has begun another release since makes way. */
  private async current(
    planned: PlannedMain,
    { entity, rings }: StagedApplication,
    before: StoredRollout | undefined,
  ): Promise<StoredRollout | undefined> {
    const { name } = entity.metadata;
    const { releases } = planned.plan.applications.get(name) ?? {};
    const followed = followRelease(before?.rollout, {
      application: name,
      reached: reachedOf(planned, name, rings),
      versionOf: digest =>
        releases!.find(({ release }) => release.digest === digest)!.release
          .version,
      now: planned.input.now,
    });
    const { rollout, begins, overtaken } = followed;
    if (before && overtaken)
      await this.store.save(
        { ...before, rollout: overtaken.rollout },
        overtaken.moves,
      );
    if (!rollout || !begins) return before;
    const stored = { id: randomUUID(), startedAt: rollout.since, rollout };
    await this.store.save(stored, []);
    return stored;
  }
}

/** Undefined where an application goes through no rings, or nobody knows them. */
function stagedOf(
  { main: { decisions }, plan }: PlannedMain,
  application: string,
): StagedApplication | undefined {
  const entity = decisions.applications.get(application)?.entity;
  const name = entity?.spec.rollout ?? '';
  const spec = decisions.policies.get(name)?.spec;
  const rings = plan.rollouts.get(name);
  return entity && rings && spec?.type === 'rollout'
    ? { entity, policy: spec, rings }
    : undefined;
}

/** What was aborted stays where it is, and holds what has not changed yet. */
function canMove({ phase }: Rollout): boolean {
  return !['done', 'rolled-back', 'overtaken'].includes(phase);
}

/** What is taken back was agreed to once: it waits for nobody. */
function needsPerson(
  intent: Intent,
  { release }: Rollout,
  wishes: readonly RolloutWish[],
  { main }: PlannedMain,
): boolean {
  return (
    wishes.some(wish => wish.approval) ||
    (wishes.some(wish => wish.release === release) &&
      (main.adopted.has(intent.ref) || approvalsFor(intent, main).length > 0))
  );
}

/** What people should know of releases that went wrong. */
function problemsOf(
  { application, version, phase }: Rollout,
  { registration }: PlannedMain,
): Problem[] {
  const ref = entityRefOf('EdgeApplication', application);
  const problem = (message: string) => [
    { entity: ref, field: 'spec.version', message },
  ];
  const entity = registration.records.get(ref)?.entity;
  if (entity?.kind !== 'EdgeApplication') return [];
  if (phase === 'stopped')
    return problem(
      `The rollout of ${version} has stopped: too many clusters failed`,
    );
  return phase === 'rolled-back' && entity.spec.version === version
    ? problem(
        `${version} was rolled back, and does not start again; another release does`,
      )
    : [];
}

/** Clusters at which nothing runs that could be disturbed. @internal */
export function waitsForNothing({
  plan: { snapshot },
  input,
}: PlannedMain): Bitmap {
  const there = Bitmap.empty(snapshot.size);
  for (const clusters of input.baseline.applications.values())
    there.or(clusters);
  for (const clusters of input.baseline.namespaces?.values() ?? [])
    there.or(clusters);
  const provisioning = snapshot.facts
    .field('state')
    .where(state => state === 'provisioning');
  return there.not().or(provisioning);
}
