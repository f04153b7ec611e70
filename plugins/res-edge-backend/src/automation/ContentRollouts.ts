import { InputError } from '@backstage/errors';
import {
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  advanceContent,
  Bitmap,
  contentBatch,
  ContentWorld,
  followContent,
  holdNamespace,
  Holds,
  namespaceDigest,
  namespaceRelease,
  namespaceSubject,
  Rollout,
  subjectNamespace,
  together,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { randomUUID } from 'node:crypto';
import { RolloutStore, StoredRollout } from '../database';
import { gateOf } from '../gates';
import { createContentWorld, StagedNamespace } from './createContentWorld';
import { drainingClusters, RolloutFacts } from './createRolloutWorld';
import { ForeseenRolloutStore } from './ForeseenRolloutStore';
import { FormerContent } from './FormerContent';
import { Intent } from './Intent';
import { PlannedMain } from './PlannedMain';
import { BusyEntities, Promotions } from './Promotions';
import { takeBackIntent } from './takeBackIntent';
import { waitsForNothing } from './waitsForNothing';

/** A namespace whose content or targets come ring by ring, as far as they have come. */
interface ContentUnderWay {
  readonly stored: StoredRollout;
  readonly staged: StagedNamespace;
  readonly world: ContentWorld;
}

/**
 * Brings content of namespaces, and changes of their targets, to one ring after the other. Main holds it once, for all;
 * a cluster of a ring that it has not come to keeps what it has.
 *
 * @internal
 */
export class ContentRollouts {
  private constructor(
    private readonly store: RolloutStore,
    private readonly former: Pick<FormerContent, 'find'>,
  ) {}

  static create(options: {
    store: RolloutStore;
    former: Pick<FormerContent, 'find'>;
  }): ContentRollouts {
    return new ContentRollouts(options.store, options.former);
  }

  /** Ones that go on from here, and of which nothing is stored. */
  fork(): ContentRollouts {
    const store = ForeseenRolloutStore.create(this.store);
    return new ContentRollouts(store, this.former);
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
          entity: entityRefOf('EdgeNamespace', staged.name),
          field: 'spec.rollout',
          message,
        });
      try {
        const { rollout, moves, back } = advanceContent(stored.rollout, world);
        const next = { ...stored, rollout };
        if (rollout !== stored.rollout) await this.store.save(next, moves);
        const { name } = staged;
        if (
          back !== undefined &&
          !busy.held.has(entityRefOf('EdgeNamespace', name))
        )
          direct.push(
            takeBackIntent(
              planned,
              name,
              next,
              await this.former.find(name, back),
            ),
          );
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
    for (const name of unknownRings(planned))
      problems.push({
        entity: entityRefOf('EdgeNamespace', name),
        field: 'spec.rollout',
        message:
          'There is no such policy of type rollout on main, or its rings cannot be found; what is delivered stays',
      });
    problems.push(...(await this.refusedProblems(planned)));
    return { direct, problems };
  }

  /** What waits for its ring, or for the next batch. */
  async holds(
    planned: PlannedMain,
    facts: () => Promise<RolloutFacts>,
  ): Promise<Holds> {
    const { plan } = planned;
    let holds: Holds = { applications: new Map(), namespaces: new Map() };
    const hold = (name: string, clusters: Bitmap) => {
      const held = clusters.clone().andNot(waitsForNothing(planned));
      holds = together(holds, holdNamespace(plan, name, held));
    };
    for (const { stored, staged, world } of await this.underWay(planned, facts))
      hold(staged.name, await this.batch(stored, world));
    for (const name of unknownRings(planned))
      hold(name, Bitmap.full(plan.snapshot.size));
    return holds;
  }

  /** How the rollout of a content stands, in whatever state it is; undefined where it goes through no rings. */
  async worldOf(
    planned: PlannedMain,
    facts: () => Promise<RolloutFacts>,
    subject: string,
  ): Promise<ContentWorld | undefined> {
    const staged = stagedNamespaces(planned).find(
      ({ name }) => namespaceSubject(name) === subject,
    );
    const latest = await this.store.latest();
    const stored = latest.find(each => each.rollout.application === subject);
    return (
      staged &&
      stored &&
      worldOf(await facts(), staged, stored, movingOf(latest))
    );
  }

  /** Content that is registered, and does not start again. */
  private async refusedProblems({
    registration,
  }: PlannedMain): Promise<Problem[]> {
    return (await this.store.latest()).flatMap(({ rollout }) => {
      const name = subjectNamespace(rollout.application);
      if (name === undefined || rollout.phase !== 'rolled-back') return [];
      const ref = entityRefOf('EdgeNamespace', name);
      const entity = registration.records.get(ref)?.entity;
      if (entity?.kind !== 'EdgeNamespace') return [];
      const digest = namespaceDigest(entity);
      return namespaceRelease({ entity, digest }) === rollout.release
        ? [
            {
              ...{ entity: ref, field: 'spec.rollout' },
              message:
                'Its content was rolled back, and does not start again; another one does',
            },
          ]
        : [];
    });
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
    const staged = stagedNamespaces(planned);
    if (staged.length === 0) return [];
    const newest = await this.store.latest();
    const latest = new Map(newest.map(one => [one.rollout.application, one]));
    const ownPace = movingOf(newest);
    const found: ContentUnderWay[] = [];
    for (const one of staged) {
      const before = latest.get(namespaceSubject(one.name));
      const stored = await this.current(planned, one, before);
      if (!canMove(stored.rollout)) continue;
      const world = worldOf(await facts(), one, stored, ownPace);
      found.push({ stored, staged: one, world });
    }
    return found;
  }

  private async current(
    { main, input }: PlannedMain,
    { name, policy }: StagedNamespace,
    known: StoredRollout | undefined,
  ): Promise<StoredRollout> {
    const { rollout, begins, overtaken } = followContent(known?.rollout, {
      subject: namespaceSubject(name),
      release: namespaceRelease(main.decisions.namespaces.get(name)!),
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
  staged: StagedNamespace,
  { id, rollout }: StoredRollout,
  ownPace: ReadonlySet<string>,
): ContentWorld {
  const { main, input, plan } = facts.planned;
  const world = createContentWorld(facts, staged, ownPace);
  const onMain = namespaceRelease(main.decisions.namespaces.get(staged.name)!);
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

function stagedNamespaces({
  main: { decisions },
  plan,
}: PlannedMain): StagedNamespace[] {
  return [...decisions.namespaces].flatMap(([name, { entity }]) => {
    const { rollout = '' } = entity.spec;
    const policy = decisions.policies.get(rollout)?.spec;
    const rings = plan.rollouts.get(rollout);
    return policy?.type === 'rollout' && rings ? [{ name, policy, rings }] : [];
  });
}

/** Namespaces that name a rollout of which nobody knows the rings. */
function unknownRings({ main: { decisions }, plan }: PlannedMain): string[] {
  return [...decisions.namespaces].flatMap(([name, { entity }]) => {
    const { rollout } = entity.spec;
    return rollout === undefined || plan.rollouts.get(rollout) ? [] : [name];
  });
}
