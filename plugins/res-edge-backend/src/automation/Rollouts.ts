import { ConflictError, InputError } from '@backstage/errors';
import { entityRefOf } from '@res-edge/backstage-plugin-res-edge-common';
import {
  advanceSet,
  Bitmap,
  commandRollout,
  ContentWorld,
  Decisions,
  followRelease,
  HeldChanges,
  heldBySet,
  Holds,
  Rollout,
  rolloutBatch,
  RolloutRequest,
  RolloutWish,
  RolloutWorld,
  together,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { randomUUID } from 'node:crypto';
import { RolloutStore, StoredRollout } from '../database';
import { ContentRollouts } from './ContentRollouts';
import {
  createRolloutWorld,
  reachedOf,
  RolloutDelivery,
  RolloutFacts,
  RolloutReports,
  StagedApplication,
} from './createRolloutWorld';
import { DeliveredBills } from './DeliveredBills';
import { FormerContent } from './FormerContent';
import { ForeseenRolloutStore } from './ForeseenRolloutStore';
import { HeldPlan } from './Holding';
import { Intent } from './Intent';
import { PlannedMain } from './PlannedMain';
import { promotionIntent } from './promotionIntent';
import { BusyEntities, needsPerson, Promotions, takesBack } from './Promotions';
import { rolloutProblems } from './rolloutProblems';
import { rolloutSets, RolloutUnderWay, setOf } from './rolloutSets';
import { canMove, stagedOf } from './stagedApplication';
import { waitsForNothing } from './waitsForNothing';

/** What {@link Rollouts} asks and writes. @internal */
interface RolloutsOptions {
  readonly store: RolloutStore;
  readonly delivery: RolloutDelivery;
  /** What clusters report; nobody takes it in where left out. */
  readonly reports?: RolloutReports;
  /** What the latest delivery could not make; nothing where left out. */
  readonly undeliverable?: () => HeldChanges;
  readonly former: Pick<FormerContent, 'find'>;
}

/**
 * Brings rollouts on, at each run: what main says, what is delivered, what clusters report and the clock decide; people
 * ask. Each step is stored with its cause.
 *
 * @internal
 */
export class Rollouts {
  private readonly content: ContentRollouts;
  private readonly store: RolloutStore;
  /** What clusters report; undefined where nobody takes it in. */
  readonly reports: RolloutReports | undefined;
  #bills?: DeliveredBills;

  private constructor(private readonly options: RolloutsOptions) {
    this.content = ContentRollouts.create(options);
    this.store = options.store;
    this.reports = options.reports;
  }

  static create(options: RolloutsOptions): Rollouts {
    return new Rollouts(options);
  }

  /** Ones that go on from here, and of which nothing is stored. */
  fork(): Rollouts {
    const store = ForeseenRolloutStore.create(this.store);
    return new Rollouts({ ...this.options, store });
  }

  /** The newest of each application, by its name. */
  async latest(): Promise<ReadonlyMap<string, Rollout>> {
    const latest = await this.store.latest();
    return new Map(latest.map(({ rollout }) => [rollout.application, rollout]));
  }

  /** Releases that are taken back, by application or content: they do not start again. */
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
   */
  async advance(
    planned: PlannedMain,
    held: () => HeldPlan,
    busy: BusyEntities,
  ): Promise<Promotions> {
    const requests: Intent[] = [];
    const facts = this.factsOf(planned, held);
    const content = await this.content.advance(planned, facts, busy);
    const [direct, problems] = [[...content.direct], [...content.problems]];
    // Batches begin with the delivery, and are noted then.
    const waits = await this.content.fork().holds(planned, facts);
    const underWay = await this.underWay(planned, facts, waits);
    for (const set of rolloutSets(underWay)) {
      try {
        const wishes = await this.advanceSet(set, busy);
        for (const { staged, stored, wished } of wishes) {
          const { entity } = staged;
          const intent = promotionIntent(planned, entity, stored, wished);
          if (needsPerson(intent, stored.rollout, wished, planned))
            requests.push(intent);
          else direct.push(intent);
        }
      } catch (error) {
        // One that cannot go on does not stop the others.
        if (!(error instanceof InputError)) throw error;
        const message = `Its rollout cannot go on: ${error.message}`;
        for (const { ref } of set)
          problems.push({ entity: ref, field: 'spec.rollout', message });
      }
    }
    for (const rollout of (await this.latest()).values())
      problems.push(...rolloutProblems(rollout, planned));
    return { direct, requests, problems };
  }

  /**
   * What waits for the next batch; when clusters begin to change now is written down.
   *
   * @param held - what waits for other reasons
   */
  async holds(planned: PlannedMain, held: HeldPlan): Promise<Holds> {
    const facts = this.factsOf(planned, () => held);
    const content = await this.content.holds(planned, facts);
    const applications = new Map<string, Bitmap>();
    const underWay = await this.underWay(planned, facts, content);
    for (const set of rolloutSets(underWay)) {
      const others = heldBySet(set);
      for (const [i, member] of set.entries()) {
        const waits = (await this.batch(member)).or(others[i]);
        waits.andNot(waitsForNothing(planned));
        if (!waits.isEmpty())
          applications.set(member.rollout.application, waits);
      }
    }
    return together({ applications, namespaces: new Map() }, content);
  }

  /** Where the rollout of an application stands; undefined where none is under way. */
  async standing(
    planned: PlannedMain,
    application: string,
  ): Promise<{ rollout: Rollout; world: RolloutWorld } | undefined> {
    const stored = (await this.store.latest()).find(
      each => each.rollout.application === application,
    );
    const staged = stagedOf(planned, application);
    if (!stored || !staged || !canMove(stored.rollout)) return undefined;
    const { rollout } = stored;
    const none = { applications: new Map(), namespaces: new Map() };
    const facts = await this.factsOf(planned, () => ({ holds: none }))();
    return { rollout, world: createRolloutWorld(facts, stored, staged) };
  }

  /** How the rollout of a content stands; undefined where it goes through no rings. */
  async contentWorld(
    planned: PlannedMain,
    held: () => Pick<HeldPlan, 'holds'> & Partial<HeldPlan>,
    subject: string,
  ): Promise<ContentWorld | undefined> {
    return this.content.worldOf(planned, this.factsOf(planned, held), subject);
  }

  /**
   * Does what a person asks for: to all of the set that are in a state for it, where there is one.
   *
   * @param decisions - what main says of sets
   * @throws NotFoundError where there is no such rollout
   * @throws ConflictError where it is in no state for that, or a newer one took its place
   */
  async command(
    id: string,
    request: RolloutRequest,
    now: Date,
    decisions?: Pick<Decisions, 'applications' | 'policies'>,
  ): Promise<void> {
    const stored = await this.store.get(id);
    const { application, version } = stored.rollout;
    const latest = await this.store.latest();
    if (!latest.some(each => each.id === id))
      throw new ConflictError(
        `A newer rollout of '${application}' took the place of that of ${version}`,
      );
    const { rollout, moves } = commandRollout(stored.rollout, request, now);
    await this.store.save({ ...stored, rollout }, moves);
    const set = decisions ? setOf(decisions, application) : [];
    for (const other of latest) {
      if (!set.includes(other.rollout.application)) continue;
      try {
        const done = commandRollout(other.rollout, request, now);
        await this.store.save({ ...other, rollout: done.rollout }, done.moves);
      } catch (error) {
        // It is in no state for that, and nothing comes of it.
        if (!(error instanceof ConflictError)) throw error;
      }
    }
  }

  /** What main shall say of the members of a set: of all that wish for a ring, or of none. */
  private async advanceSet(
    set: readonly RolloutUnderWay[],
    busy: BusyEntities,
  ) {
    const wishes: {
      ref: string;
      staged: StagedApplication;
      stored: StoredRollout;
      wished: readonly RolloutWish[];
    }[] = [];
    const advanced = advanceSet(set);
    for (const [i, { rollout, moves, wishes: wished }] of advanced.entries()) {
      const { ref, stored: before, staged } = set[i];
      const stored = { ...before, rollout };
      if (rollout !== before.rollout) await this.store.save(stored, moves);
      if (wished.length > 0) wishes.push({ ref, staged, stored, wished });
    }
    const isBusy = set.some(
      ({ ref }) => busy.asked.has(ref) || busy.held.has(ref),
    );
    return wishes.filter(({ ref, stored, wished }) =>
      takesBack(stored.rollout, wished) ? !busy.held.has(ref) : !isBusy,
    );
  }

  private async batch({ stored, world }: RolloutUnderWay): Promise<Bitmap> {
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

  /** Read once, when somebody asks. */
  private factsOf(
    planned: PlannedMain,
    held: () => Pick<HeldPlan, 'holds'> & Partial<HeldPlan>,
  ): () => Promise<RolloutFacts> {
    const { main, plan, delivered } = planned;
    const { delivery } = this.options;
    const read = async (): Promise<RolloutFacts> => {
      const { holds, schedule } = held();
      return {
        ...{ planned, held: holds, schedule, reports: this.reports },
        undeliverable: this.options.undeliverable?.(),
        bills: (this.#bills = DeliveredBills.create(planned, this.#bills)),
        numbered: this.reports?.numbered(plan.snapshot),
        wanted: await delivery.wanted({ main, plan }, delivered),
        readers: await delivery.groupReaders({ main, plan }, delivered),
        gates: await this.store.gateReadings(
          (await this.store.latest()).map(({ id }) => id),
        ),
      };
    };
    let facts: Promise<RolloutFacts> | undefined;
    return () => (facts ??= read());
  }

  /** Each rollout that can still move, the new ones too. */
  private async underWay(
    planned: PlannedMain,
    factsOf: () => Promise<RolloutFacts>,
    content: Holds,
  ): Promise<RolloutUnderWay[]> {
    const { main, plan } = planned;
    const found: RolloutUnderWay[] = [];
    if (plan.rollouts.size === 0) return found;
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
      if (!facts) {
        const { held, ...others } = await factsOf();
        facts = { ...others, held: together(held, content) };
      }
      const { rollout } = stored;
      const world = createRolloutWorld(facts, stored, staged);
      const ref = entityRefOf('EdgeApplication', name);
      found.push({ ref, rollout, stored, staged, world });
    }
    return found;
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
