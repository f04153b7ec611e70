import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  ChangeRequest,
  FileDiff,
  FleetSummary,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  baselineOf,
  DeliveredShard,
  Slices,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { randomUUID } from 'node:crypto';
import { InventoryStore, Lease, PlanStore, StateStore } from '../database';
import { GitRepository } from '../git';
import { Fleet, FleetView } from '../service/FleetView';
import { ChangeRequests } from './ChangeRequests';
import { PlannedMain } from './PlannedMain';
import { Delivery, DeliveryResult } from './Delivery';
import { DirectRules } from './DirectRules';
import { createExclusive } from './exclusive';
import { createFleetView } from './createFleetView';
import { findIntents, Intent } from './Intent';
import { isAccepted } from './isAccepted';
import { MainBranch } from './MainBranch';
import { Planner } from './Planner';
import { deliveryEffects, totalsOf } from './planEffects';

const LEASE = 'writer';
const LEASE_MILLISECONDS = 5 * 60 * 1000;
const DELIVERY_STATE = 'delivery';
/** Direct intents are merged and read again; more rounds than this would mean that a slice never comes to rest. */
const MAX_ROUNDS = 3;

type DeliveryStatus = FleetSummary['delivery'];

/** What a restart has to know of the last delivery that changed something. */
type DeliveryNote = { deliveredAt: string; planId: string };

/** What the automation works with. @internal */
export interface AutomationOptions {
  readonly logger: LoggerService;
  readonly repository: GitRepository;
  readonly inventory: InventoryStore;
  readonly plans: PlanStore;
  readonly state: StateStore;
  readonly changeRequests: ChangeRequests;
  readonly delivery: Delivery;
  readonly slices: Slices;
  readonly directRules: DirectRules;
  /** Told after each run that others may have to read again. */
  readonly onChange?: () => void;
  /** The clock. */
  readonly now?: () => Date;
}

/**
 * The plan loop. One run: read the inventory, main and what is delivered; decide; propose what the inventory asks of
 * main; deliver what follows from main.
 *
 * Runs and merges happen one after another in this process, and a lease in the database keeps other replicas from
 * writing meanwhile. A run reads everything anew where it changed, so that what stopped half-way is finished by the next.
 *
 * @internal
 */
export class Automation implements Fleet {
  readonly #exclusive = createExclusive();
  readonly #holder = randomUUID();
  readonly #main: MainBranch;
  readonly #planner: Planner;
  readonly #now: () => Date;
  #view?: FleetView;
  #status: DeliveryStatus = { shards: 0, clusters: 0, state: 'never' };
  #pending?: Promise<void>;
  #planId?: string;
  #intentProblems: readonly Problem[] = [];
  #deliveryProblems: readonly Problem[] = [];

  private constructor(private readonly options: AutomationOptions) {
    this.#main = MainBranch.create(options.repository);
    this.#now = options.now ?? (() => new Date());
    const { inventory, delivery } = options;
    this.#planner = Planner.create({
      inventory,
      delivery,
      main: this.#main,
      now: this.#now,
    });
  }

  static create(options: AutomationOptions): Automation {
    return new Automation(options);
  }

  view(): FleetView | undefined {
    return this.#view;
  }

  deliveryStatus(): DeliveryStatus {
    return this.#status;
  }

  /** Runs once more after what is under way; requests that come before it starts share the run. */
  async requestRun(reason: string): Promise<void> {
    this.#pending ??= this.#exclusive(async () => {
      this.#pending = undefined;
      await this.run(reason);
    });
    return this.#pending;
  }

  async mergeChangeRequest(
    id: string,
    digest: string,
    actor: string,
  ): Promise<ChangeRequest> {
    const merged = await this.#exclusive(() =>
      this.withLease(async lease => {
        await this.options.state.assertFencing(lease);
        return this.options.changeRequests.merge(
          id,
          digest,
          actor,
          this.#now(),
        );
      }),
    );
    if (!merged)
      throw new ConflictError(
        'Another replica writes at the moment: try again in a minute',
      );
    // Delivery follows on its own; the person does not wait for it.
    this.requestRun(`merge of ${id}`).catch(error =>
      this.options.logger.error(
        `The run after the merge of ${id} failed`,
        error,
      ),
    );
    return merged;
  }

  async changeRequestFiles(id: string): Promise<FileDiff[]> {
    return this.options.changeRequests.files(id);
  }

  private async run(reason: string): Promise<void> {
    const { logger } = this.options;
    const started = Date.now();
    try {
      const wrote = await this.withLease(lease =>
        this.planAndWrite(reason, lease),
      );
      if (!wrote) await this.planOnly();
      logger.info(`Planned because of ${reason} in ${Date.now() - started} ms`);
    } catch (error) {
      this.#status = {
        ...this.#status,
        state: 'failed',
        message: error instanceof Error ? error.message : String(error),
      };
      throw error;
    } finally {
      this.options.onChange?.();
    }
  }

  private async withLease<T>(
    task: (lease: Lease) => Promise<T>,
  ): Promise<T | undefined> {
    const { state } = this.options;
    const lease = await state.acquireLease(
      LEASE,
      this.#holder,
      LEASE_MILLISECONDS,
    );
    if (!lease) return undefined;
    try {
      return await task(lease);
    } finally {
      await state.releaseLease(lease);
    }
  }

  /** A replica that may not write shows what it reads. */
  private async planOnly(): Promise<void> {
    this.publish(await this.#planner.plan());
  }

  private async planAndWrite(reason: string, lease: Lease): Promise<true> {
    const beforeCommit = async () => {
      await this.options.state.renewLease(lease, LEASE_MILLISECONDS);
    };
    await this.#main.begin();
    let planned = await this.#planner.plan();
    this.publish(planned);
    // Before the catalog was read once, an empty inventory says nothing about what is delivered.
    if (planned.registration.revision === 0) return true;

    let found = await this.findIntents(planned);
    for (
      let round = 0;
      round < MAX_ROUNDS && found.direct.length > 0;
      round++
    ) {
      await beforeCommit();
      await this.#main.decide(planned.main, found.direct);
      planned = await this.#planner.plan();
      found = await this.findIntents(planned);
    }
    const derived = Delivery.derivedChanges(planned.main, planned.plan);
    if (derived.length > 0) {
      await beforeCommit();
      await this.#main.record(planned.main, derived);
      planned = await this.#planner.plan();
    }

    const now = this.#now();
    const blocking = await this.options.changeRequests.sync(
      [...found.requests, ...found.direct],
      planned,
      now,
      beforeCommit,
    );
    this.#intentProblems = [...found.problems, ...blocking];
    this.publish(planned);
    await this.deliver(reason, planned, lease, beforeCommit);
    return true;
  }

  private async findIntents({ main, registration }: PlannedMain) {
    const { directRules, slices } = this.options;
    const { inventory, locations } = registration;
    const { intents, problems } = await findIntents({
      inventory,
      locations,
      main,
      slices,
    });
    const isDirect = (intent: Intent) =>
      directRules.allows(intent.kind, intent.location) &&
      isAccepted(intent.entity, inventory);
    return {
      problems,
      direct: intents.filter(isDirect),
      requests: intents.filter(intent => !isDirect(intent)),
    };
  }

  private async deliver(
    reason: string,
    planned: PlannedMain,
    lease: Lease,
    beforeCommit: () => Promise<void>,
  ): Promise<void> {
    const { delivery, state } = this.options;
    const { main, plan, input } = planned;
    this.#status = { ...this.#status, state: 'delivering' };
    const planId = randomUUID();
    const result = await delivery.deliver({ main, plan, planId, beforeCommit });
    if (result.renderings.length > 0)
      await this.savePlan(planId, reason, planned, result);
    await this.options.repository.maintain();
    const known = await state.get<DeliveryNote>(DELIVERY_STATE);
    const note =
      result.renderings.length > 0 || !known
        ? { deliveredAt: this.#now().toISOString(), planId }
        : known;
    await state.set(DELIVERY_STATE, note, lease);
    this.#planId = note.planId;
    this.#status = {
      shards: result.after.size,
      clusters: countClusters(result.after),
      state: 'delivered',
      deliveredAt: note.deliveredAt,
      mainCommit: main.commit,
    };
    this.#deliveryProblems = result.problems;
    const baseline = baselineOf(result.after, input.snapshot);
    this.publish({
      ...planned,
      input: { ...input, baseline },
      delivered: result.after,
    });
  }

  private async savePlan(
    id: string,
    cause: string,
    { main, input, plan, registration }: PlannedMain,
    { before, renderings }: DeliveryResult,
  ): Promise<void> {
    const effects = deliveryEffects(input.snapshot, before, renderings);
    const bills = renderings.reduce(
      (sum, { clusters }) => sum + clusters.length,
      0,
    );
    await this.options.plans.save({
      id,
      createdAt: this.#now().toISOString(),
      cause,
      mainCommit: main.commit,
      inventoryRevision: registration.revision,
      totals: totalsOf(effects, bills),
      effects,
      problems: [...plan.problems],
    });
  }

  private publish(planned: PlannedMain): void {
    this.#view = createFleetView({
      planned,
      planId: this.#planId,
      problems: [...this.#intentProblems, ...this.#deliveryProblems],
    });
  }
}

function countClusters(shards: ReadonlyMap<string, DeliveredShard>): number {
  return [...shards.values()].reduce(
    (sum, shard) => sum + shard.clusters.size,
    0,
  );
}
