import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  ChangeRequest,
  FileDiff,
  FleetSummary,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  decide,
  DeliveredShard,
  renderLayoutFile,
  Snapshot,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { randomUUID } from 'node:crypto';
import { InventoryStore, Lease, PlanStore, StateStore } from '../database';
import { commitMessage, GitRepository } from '../git';
import { Fleet, FleetView } from '../service/FleetView';
import { BOT } from './bot';
import { ChangeRequests, PlannedMain } from './ChangeRequests';
import { baselineOf, Delivery, DeliveryResult } from './Delivery';
import { DirectRules } from './DirectRules';
import { createExclusive } from './exclusive';
import { createFleetView } from './createFleetView';
import { findIntents, Intent } from './Intent';
import { isAccepted } from './isAccepted';
import { MAIN, MainBranch } from './MainBranch';
import { deliveryEffects, totalsOf } from './planEffects';
import { Registration, toRegistration } from './Registration';
import { Slices } from './Slices';

const LEASE = 'writer';
const LEASE_MILLISECONDS = 5 * 60 * 1000;
const DELIVERY_STATE = 'delivery';
/** Direct intents are merged and read again; more rounds than this would mean that a slice never comes to rest. */
const MAX_ROUNDS = 3;

type DeliveryStatus = FleetSummary['delivery'];

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
  readonly #now: () => Date;
  #registration?: Registration;
  #snapshot?: { revision: number; snapshot: Snapshot };
  #view?: FleetView;
  #status: DeliveryStatus = { shards: 0, clusters: 0, state: 'never' };
  #pending?: Promise<void>;
  #intentProblems: readonly Problem[] = [];
  #deliveryProblems: readonly Problem[] = [];

  private constructor(private readonly options: AutomationOptions) {
    this.#main = MainBranch.create(options.repository);
    this.#now = options.now ?? (() => new Date());
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
    const planned = await this.plan();
    if (planned) this.publish(planned);
  }

  private async planAndWrite(reason: string, lease: Lease): Promise<true> {
    const beforeCommit = async () => {
      await this.options.state.renewLease(lease, LEASE_MILLISECONDS);
    };
    await this.createMain();
    let planned = await this.plan();
    if (!planned) return true;
    this.publish(planned);

    let found = await this.findIntents(planned);
    for (
      let round = 0;
      round < MAX_ROUNDS && found.direct.length > 0;
      round++
    ) {
      await this.mergeDirectly(found.direct, planned, beforeCommit);
      planned = (await this.plan())!;
      found = await this.findIntents(planned);
    }
    await this.recordDerived(planned, beforeCommit);
    planned = (await this.plan())!;

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

  /** The first commit of a repository that is new. */
  private async createMain(): Promise<void> {
    const { repository } = this.options;
    if (await repository.resolve(MAIN)) return;
    await repository.commit({
      branch: MAIN,
      parent: undefined,
      author: BOT,
      message: commitMessage({ subject: 'Begin the fleet' }),
      changes: [...renderLayoutFile()].map(([path, content]) => ({
        path,
        content,
      })),
    });
  }

  /** Reads what changed and decides; undefined before anything was registered. */
  private async plan(): Promise<PlannedMain | undefined> {
    const registration = await this.readRegistration();
    if (registration.revision === 0) return undefined;
    const { revision, inventory } = registration;
    if (this.#snapshot?.revision !== revision) {
      this.#snapshot = { revision, snapshot: Snapshot.create(inventory) };
    }
    const { snapshot } = this.#snapshot;
    const main = await this.#main.read();
    const delivered = await this.options.delivery.read();
    const baseline = baselineOf(delivered, snapshot);
    const input = {
      snapshot,
      decisions: main.decisions,
      baseline,
      now: this.#now(),
    };
    return {
      main,
      input,
      plan: decide(input),
      delivered,
      inventoryRevision: revision,
    };
  }

  private async readRegistration(): Promise<Registration> {
    const { inventory } = this.options;
    const revision = await inventory.revision();
    if (this.#registration?.revision !== revision) {
      const loaded = await inventory.load();
      this.#registration = toRegistration(loaded.revision, loaded.entities);
    }
    return this.#registration;
  }

  private async findIntents({ main }: PlannedMain) {
    const { directRules, slices } = this.options;
    const { inventory, locations } = this.#registration!;
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

  /** One commit for all of them: they were reviewed where they are registered. */
  private async mergeDirectly(
    intents: readonly Intent[],
    { main }: PlannedMain,
    beforeCommit: () => Promise<void>,
  ): Promise<void> {
    await beforeCommit();
    const titles = intents.map(intent => intent.title);
    await this.options.repository.commit({
      branch: MAIN,
      parent: main.commit,
      author: BOT,
      message: commitMessage({
        subject: titles.length === 1 ? titles[0] : `Decide ${titles.length} registered changes`,
        body: titles.length === 1 ? undefined : titles.join('\n'),
        trailers: {
          Intent: intents.map(intent => intent.ref),
          'Requested-by': [...new Set(intents.map(intent => intent.location ?? ''))],
        },
      }),
      changes: intents.flatMap(intent => intent.changes),
    });
  }

  /** Shards and what selectors resolve to: written by the automation alone. */
  private async recordDerived(
    { main, plan }: PlannedMain,
    beforeCommit: () => Promise<void>,
  ): Promise<void> {
    const changes = Delivery.derivedChanges(main, plan);
    if (changes.length === 0) return;
    await beforeCommit();
    await this.options.repository.commit({
      branch: MAIN,
      parent: main.commit,
      author: BOT,
      message: commitMessage({ subject: 'Record shards and targets' }),
      changes,
    });
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
    const known = await state.get<{ deliveredAt: string }>(DELIVERY_STATE);
    const deliveredAt =
      result.renderings.length > 0 || !known
        ? this.#now().toISOString()
        : known.deliveredAt;
    await state.set(DELIVERY_STATE, { deliveredAt }, lease);
    this.#status = {
      shards: result.after.size,
      clusters: countClusters(result.after),
      state: 'delivered',
      deliveredAt,
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
    { main, input, plan, inventoryRevision }: PlannedMain,
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
      inventoryRevision,
      totals: totalsOf(effects, bills),
      effects,
      problems: [...plan.problems],
    });
  }

  private publish(planned: PlannedMain): void {
    this.#view = createFleetView({
      registration: this.#registration!,
      planned,
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
