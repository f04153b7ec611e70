import { InputError } from '@backstage/errors';
import {
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  advanceContent,
  Bitmap,
  contentBatch,
  ContentSubject,
  ContentWorld,
  followContent,
  holdNamespace,
  Holds,
  Rollout,
  together,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { randomUUID } from 'node:crypto';
import { RolloutStore, StoredRollout } from '../database';
import { gateOf } from '../gates';
import { createContentWorld } from './createContentWorld';
import {
  drainingClusters,
  RolloutDelivery,
  RolloutFacts,
} from './createRolloutWorld';
import { ForeseenRolloutStore } from './ForeseenRolloutStore';
import { FormerContent } from './FormerContent';
import { Intent } from './Intent';
import { PlannedMain } from './PlannedMain';
import { BusyEntities, Promotions } from './Promotions';
import { takeBackIntent } from './takeBackIntent';
import {
  contentsWithoutRings,
  StagedContent,
  stagedContents,
} from './stagedContents';
import { waitsForNothing } from './waitsForNothing';

/** What the content of groups is looked at by. */
type GroupDelivery = Pick<RolloutDelivery, 'behindGroups'>;

/** A content that comes ring by ring, as far as it has come. */
interface ContentUnderWay {
  readonly stored: StoredRollout;
  readonly staged: StagedContent;
  readonly world: ContentWorld;
}

/**
 * Brings content of namespaces and groups, and changes of the targets of namespaces, to one ring after the other. Main holds it once, for all;
 * a cluster of a ring that it has not come to keeps what it has.
 *
 * @internal
 */
export class ContentRollouts {
  private constructor(
    private readonly store: RolloutStore,
    private readonly former: Pick<FormerContent, 'find'>,
    private readonly delivery: GroupDelivery,
  ) {}

  static create(options: {
    store: RolloutStore;
    former: Pick<FormerContent, 'find'>;
    delivery: GroupDelivery;
  }): ContentRollouts {
    const { store, former, delivery } = options;
    return new ContentRollouts(store, former, delivery);
  }

  /** Ones that go on from here, and of which nothing is stored. */
  fork(): ContentRollouts {
    const store = ForeseenRolloutStore.create(this.store);
    return new ContentRollouts(store, this.former, this.delivery);
  }

  /**
   * Brings them as far as they come, and gives what main shall hold again.
   *
   * @param facts - asked where something goes through rings
   * @param busy - what is not written over
   */
  async advance(
    planned: PlannedMain,
    facts: () => Promise<RolloutFacts>,
    busy: Pick<BusyEntities, 'held'>,
  ): Promise<Pick<Promotions, 'direct' | 'problems'>> {
    const direct: Intent[] = [];
    const problems: Problem[] = [];
    for (const { stored, staged, world } of await this.underWay(
      planned,
      facts,
    )) {
      const problem = (message: string) =>
        problems.push({
          entity: entityRefOf(staged.kind, staged.name),
          field: 'spec.rollout',
          message,
        });
      try {
        const { rollout, moves, back } = advanceContent(stored.rollout, world);
        const next = { ...stored, rollout };
        if (rollout !== stored.rollout) await this.store.save(next, moves);
        const { kind, name } = staged;
        if (back !== undefined && !busy.held.has(entityRefOf(kind, name))) {
          const former = await this.former.find(staged, back);
          direct.push(takeBackIntent(planned, staged, next, former));
        }
        if (rollout.phase === 'stopped')
          problem(
            'The rollout of its content has stopped: too many clusters, or one of its gates, failed',
          );
      } catch (error) {
        // One that cannot go on does not stop the others.
        if (!(error instanceof InputError)) throw error;
        problem(`The rollout of its content cannot go on: ${error.message}`);
      }
    }
    for (const { kind, name } of contentsWithoutRings(planned))
      problems.push({
        entity: entityRefOf(kind, name),
        field: 'spec.rollout',
        message:
          'There is no such policy of type rollout on main, or its rings cannot be found; what is delivered stays',
      });
    return { direct, problems };
  }

  /** What waits for its ring, or for the next batch. */
  async holds(
    planned: PlannedMain,
    facts: () => Promise<RolloutFacts>,
  ): Promise<Holds> {
    const { plan, main, delivered } = planned;
    let holds: Holds = { applications: new Map(), namespaces: new Map() };
    const groups = new Map<string, Bitmap>();
    const free = waitsForNothing(planned);
    const hold = ({ kind, name }: ContentSubject, clusters: Bitmap) => {
      const held = clusters.clone().andNot(free);
      if (kind === 'EdgeNamespace')
        holds = together(holds, holdNamespace(plan, name, held));
      else if (!held.and(plan.snapshot.groupMembers(name)).isEmpty())
        groups.set(name, held);
    };
    for (const { stored, staged, world } of await this.underWay(
      planned,
      facts,
    )) {
      const held = await this.batch(stored, world);
      // What a cluster has of a group already can wait for nothing.
      if (staged.kind === 'EdgeGroup') held.andNot(world.delivered);
      hold(staged, held);
    }
    for (const content of contentsWithoutRings(planned))
      hold(content, Bitmap.full(plan.snapshot.size));
    if (groups.size === 0) return holds;
    const behind = await this.delivery.behindGroups(
      ...[{ main, plan }, delivered, groups],
    );
    return together(holds, behind);
  }

  /** How the rollout of a content stands, in whatever state it is; undefined where it goes through no rings. */
  async worldOf(
    planned: PlannedMain,
    facts: () => Promise<RolloutFacts>,
    subject: string,
  ): Promise<ContentWorld | undefined> {
    const staged = stagedContents(planned).find(
      content => content.subject === subject,
    );
    const latest = await this.store.latest();
    const stored = latest.find(each => each.rollout.application === subject);
    return (
      staged &&
      stored &&
      worldOf(await facts(), staged, stored, movingOf(latest))
    );
  }

  private async batch(
    stored: StoredRollout,
    world: ContentWorld,
  ): Promise<Bitmap> {
    try {
      const { rollout, held } = contentBatch(stored.rollout, world);
      if (rollout !== stored.rollout)
        await this.store.save({ ...stored, rollout }, []);
      return held;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      // A policy that nobody can follow holds more, not less.
      return world.delivered.clone().not();
    }
  }

  private async underWay(
    planned: PlannedMain,
    facts: () => Promise<RolloutFacts>,
  ): Promise<ContentUnderWay[]> {
    const staged = stagedContents(planned);
    if (staged.length === 0) return [];
    const newest = await this.store.latest();
    const latest = new Map(newest.map(one => [one.rollout.application, one]));
    const ownPace = movingOf(newest);
    const found: ContentUnderWay[] = [];
    for (const one of staged) {
      const before = latest.get(one.subject);
      const stored = await this.current(planned, one, before);
      if (!canMove(stored.rollout)) continue;
      const world = worldOf(await facts(), one, stored, ownPace);
      found.push({ stored, staged: one, world });
    }
    return found;
  }

  private async current(
    { input }: PlannedMain,
    { subject, release, policy }: StagedContent,
    known: StoredRollout | undefined,
  ): Promise<StoredRollout> {
    const { rollout, begins, overtaken } = followContent(known?.rollout, {
      ...{ subject, release },
      rings: policy.rings.map(ring => ring.name),
      now: input.now,
    });
    if (known && overtaken)
      await this.store.save(
        { ...known, rollout: overtaken.rollout },
        overtaken.moves,
      );
    if (known && !begins) return known;
    const stored = {
      id: randomUUID(),
      startedAt: rollout!.since,
      rollout: rollout!,
    };
    await this.store.save(stored, []);
    return stored;
  }
}

/** The world of one, with what was read of its gates. */
function worldOf(
  facts: RolloutFacts,
  staged: StagedContent,
  { id, rollout }: StoredRollout,
  ownPace: ReadonlySet<string>,
): ContentWorld {
  const { input, plan } = facts.planned;
  const world = createContentWorld(facts, staged, ownPace);
  const { release: onMain } = staged;
  const goesBack =
    rollout.phase === 'rolling-back' && onMain !== rollout.release;
  return {
    ...{ ...world, onMain },
    // What is not yet what it was before still has it.
    delivered: goesBack
      ? world.delivered.clone().not().andNot(drainingClusters(plan.snapshot))
      : world.delivered,
    gate: gateOf(facts.gates, id, input.now),
  };
}

/** What rolls out by itself. */
function movingOf(latest: readonly StoredRollout[]): ReadonlySet<string> {
  return new Set(
    latest
      .filter(({ rollout }) => canMove(rollout))
      .map(({ rollout }) => rollout.application),
  );
}

/** A ring that was skipped waits until other content comes. */
function canMove({ phase, rings }: Rollout): boolean {
  return phase === 'done'
    ? rings.some(ring => ring.phase === 'skipped')
    : phase !== 'overtaken' && phase !== 'rolled-back';
}
