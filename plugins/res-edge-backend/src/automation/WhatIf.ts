import { ServiceUnavailableError } from '@backstage/errors';
import {
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  decideNext,
  FileMap,
  Plan,
  readShards,
  Rollout,
  Slices,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { ApplyResult, SourcePollStore } from '../database';
import {
  FleetOutlook,
  ForeseenFile,
  OutlookSide,
} from '../service/FleetOutlook';
import { FleetView } from '../service/FleetView';
import { Deliverable } from './Deliverable';
import { Delivery } from './Delivery';
import { DirectRules } from './DirectRules';
import { ExpectedSignOffs, GuardedPlan, Guards, lostBetween } from './Guards';
import { heldNow } from './heldNow';
import { Holding } from './Holding';
import { Intent } from './Intent';
import { intentDecisions } from './intentDecisions';
import { MainBranch, MainState, withChanges } from './MainBranch';
import { placedClusters } from './placedClusters';
import { MAX_ROUNDS } from './maxRounds';
import { PlannedMain } from './PlannedMain';
import { Planner } from './Planner';
import { Rollouts } from './Rollouts';
import { registrationAfter } from './Registration';
import { sortIntents } from './sortIntents';

/** What {@link WhatIf} asks. @internal */
export interface WhatIfOptions {
  readonly planner: Planner;
  readonly main: MainBranch;
  readonly delivery: Delivery;
  readonly guards: Guards;
  readonly slices: Slices;
  readonly directRules: DirectRules;
  readonly rollouts: Rollouts;
  readonly polls?: Pick<SourcePollStore, 'list'>;
}

/** The plan that holds, as the automation published it. @internal */
export interface PublishedPlan {
  readonly planned: PlannedMain;
  readonly view: FleetView;
  /** The newest of each application. */
  readonly rollouts: ReadonlyMap<string, Rollout>;
  /** Of what the inventory asks for. */
  readonly intentProblems: readonly Problem[];
}

/** All of it: what waits, what main would hold, what would be delivered. */
interface Foreseen {
  readonly planned: PlannedMain;
  readonly problems: readonly Problem[];
  readonly guardProblems: readonly Problem[];
  readonly deliverable: Deliverable;
}

/**
 * Answers what a change of the inventory would cause, as if it were registered and all that it asks for merged; nothing is
 * stored. It starts from the plan that holds, at the time of that plan, and does again only what changes.
 *
 * @internal
 */
export class WhatIf {
  /** The plan that holds, once more with what is delivered by now. */
  #basis?: { published: PublishedPlan; foreseen: Promise<Foreseen> };

  private constructor(private readonly options: WhatIfOptions) {}

  static create(options: WhatIfOptions): WhatIf {
    return new WhatIf(options);
  }

  /**
   * What a change would cause.
   *
   * @throws ServiceUnavailableError before there is a plan
   */
  async foresee(
    published: PublishedPlan | undefined,
    difference: ApplyResult['difference'],
  ): Promise<FleetOutlook> {
    if (!published)
      throw new ServiceUnavailableError(
        'The fleet is being read for the first time; try again in a few seconds',
      );
    const before = await this.basis(published);
    const { planner, slices, delivery } = this.options;
    const { registration } = published.planned;
    const next = registrationAfter(registration, {
      revision: registration.revision,
      ...difference,
    });
    const { main, input, delivered } = before.planned;
    const refs = new Set([
      ...difference.written.map(({ entity }) =>
        entityRefOf(entity.kind, entity.metadata.name),
      ),
      ...difference.deleted.map(({ kind, name }) => entityRefOf(kind, name)),
    ]);
    const snapshot = input.snapshot.update(next.changes);
    const baseline = planner.foreseenBaseline(delivered, snapshot);
    const found = await sortIntents(
      { ...this.options, slices: slices.fork() },
      { main, registration: next.registration },
      refs,
    );
    const facts = { ...input, snapshot, baseline };
    const base = { ...before.planned, registration: next.registration };
    // What somebody merges is signed off with it, what is merged by itself is not.
    const direct = this.planOn(base, facts, found.direct);
    const intents = [...found.direct, ...found.requests];
    const merged =
      found.requests.length === 0 ? direct : this.planOn(base, facts, intents);
    const after = await this.complete(
      merged.planned,
      found.problems,
      expectedSignOffs(
        direct.planned.plan,
        merged.planned.plan,
        found.requests,
      ),
    );
    const { input: decided } = before.planned;
    const compared = await delivery.foresee(
      before.deliverable,
      after.deliverable,
      delivered,
      decided.now,
    );
    const known = published.intentProblems;
    return {
      view: published.view,
      before: sideOf(before, [...main.problems, ...known]),
      after: sideOf(after, [
        ...[...main.problems, ...known].filter(
          ({ entity }) => !refs.has(entity),
        ),
        ...found.problems,
        ...merged.problems,
      ]),
      intents: intents.map(({ ref, title }) => ({
        ref,
        title,
        direct: !found.requests.some(request => request.ref === ref),
      })),
      files: changedFiles(
        before.deliverable.main.files,
        after.deliverable.main.files,
      ),
      buildProblems: compared.problems,
      compareDeliveries: only => compared.compare(only),
    };
  }

  private basis(published: PublishedPlan): Promise<Foreseen> {
    if (this.#basis?.published.planned !== published.planned) {
      const { input, plan } = published.planned;
      // Where something was delivered since, it is decided again with that.
      const planned = {
        ...published.planned,
        plan: decideNext({ input, plan }, input),
      };
      this.#basis = {
        published,
        foreseen: this.complete(planned, published.intentProblems),
      };
    }
    return this.#basis.foreseen;
  }

  private planOn(
    { main, input: before, plan, ...rest }: PlannedMain,
    facts: PlannedMain['input'],
    intents: readonly Intent[],
  ): { planned: PlannedMain; problems: readonly Problem[] } {
    const { files, decisions, problems } =
      intents.length === 0
        ? { ...main, problems: [] }
        : intentDecisions(main, intents);
    const input = { ...facts, decisions };
    return {
      planned: {
        main: { ...main, files, decisions },
        input,
        plan: decideNext({ input: before, plan }, input),
        ...rest,
      },
      problems,
    };
  }

  /** As a run goes on once all intents are merged. */
  private async complete(
    decided: PlannedMain,
    intentProblems: readonly Problem[],
    expected?: ExpectedSignOffs,
  ): Promise<Foreseen> {
    const rollouts = this.options.rollouts.fork();
    const holding = Holding.create();
    const planned = await this.promoted(
      { rollouts, holding },
      decided,
      intentProblems,
    );
    const { main, plan, input } = planned;
    const guarded = await this.options.guards.look(
      planned,
      input.now,
      expected,
    );
    const { holds, schedule } = await heldNow(
      { holding, rollouts },
      planned,
      guarded,
    );
    const { kept } = guarded;
    return {
      planned,
      problems: [
        ...input.snapshot.problems,
        ...plan.problems,
        ...schedule.problems,
      ],
      guardProblems: guarded.problems,
      deliverable: {
        main: this.withDerived(main, plan, guarded),
        plan,
        holds,
        kept,
      },
    };
  }

  /** What rollouts bring on by themselves, at once. */
  private async promoted(
    { rollouts, holding }: { rollouts: Rollouts; holding: Holding },
    decided: PlannedMain,
    intentProblems: readonly Problem[],
  ): Promise<PlannedMain> {
    const busy = {
      asked: new Set(intentProblems.map(({ entity }) => entity)),
      held: new Set(decided.main.drift.map(({ ref }) => ref)),
    };
    let planned = decided;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const now = planned;
      const held = () => holding.of(now);
      const { direct } = await rollouts.advance(now, held, busy);
      if (direct.length === 0) break;
      planned = this.planOn(now, now.input, direct).planned;
    }
    return planned;
  }

  /** Main with what follows from the plan. */
  private withDerived(
    main: MainState,
    plan: Plan,
    { kept }: GuardedPlan,
  ): MainState {
    const changes = this.options.main.foreseenChanges(main, plan, kept);
    if (changes.length === 0) return main;
    const files = withChanges(main.files, changes);
    const { shards } = readShards(
      new Map(
        changes.flatMap(({ path, content }) =>
          content === undefined ? [] : [[path, content] as const],
        ),
      ),
    );
    return { ...main, files, shards: new Map([...main.shards, ...shards]) };
  }
}

function sideOf(
  { planned: { plan, main }, problems, guardProblems }: Foreseen,
  others: readonly Problem[],
): OutlookSide {
  return {
    plan,
    decisions: main.decisions,
    problems: [...problems, ...others],
    guardProblems,
  };
}

/** Who merges a change request says yes to the losses that it shows. */
function expectedSignOffs(
  before: Plan,
  after: Plan,
  requests: readonly Intent[],
): ExpectedSignOffs | undefined {
  if (requests.length === 0) return undefined;
  const { snapshot } = after;
  return {
    losses: {
      applications: lostBetween(
        snapshot,
        placedClusters(before),
        placedClusters(after),
      ),
      namespaces: lostBetween(snapshot, before.namespaces, after.namespaces),
    },
    policies: new Set(
      requests
        .filter(({ kind, entity }) => kind === 'EdgePolicy' && entity)
        .map(({ ref }) => ref),
    ),
  };
}

function changedFiles(before: FileMap, after: FileMap): ForeseenFile[] {
  if (before === after) return [];
  const files: ForeseenFile[] = [];
  for (const [path, content] of after) {
    const known = before.get(path);
    if (known === undefined) files.push({ path, status: 'added' });
    else if (known !== content) files.push({ path, status: 'changed' });
  }
  for (const path of before.keys()) {
    if (!after.has(path)) files.push({ path, status: 'removed' });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
