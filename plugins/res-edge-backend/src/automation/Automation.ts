import {
  ChangeRequest,
  Drift,
  DriftDetails,
  FileDiff,
  FleetSummary,
  Guard,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { HeldChanges } from '@res-edge/backstage-plugin-res-edge-engine';
import { randomUUID } from 'node:crypto';
import { ApplyResult, Lease } from '../database';
import { FleetOutlook } from '../service/FleetOutlook';
import { DriftVerdict, Fleet, FleetView } from '../service/FleetView';
import { AutomationOptions } from './AutomationOptions';
import { PlannedMain } from './PlannedMain';
import { countClusters, deliveredPlan } from './deliveredPlan';
import { DriftSettlement } from './DriftSettlement';
import { createFleetView } from './createFleetView';
import { GuardedPlan } from './Guards';
import { Holding } from './Holding';
import { MAIN, MainBranch } from './MainBranch';
import { noteMerges } from './noteMerges';
import { Merger } from './Merger';
import { Planner } from './Planner';
import { sortIntents } from './sortIntents';
import { PublishedPlan, WhatIf } from './WhatIf';
import { Writer } from './Writer';

const DELIVERY_STATE = 'delivery';
/** Direct intents are merged and read again; more rounds than this would mean that a slice never comes to rest. */
const MAX_ROUNDS = 3;

type DeliveryStatus = FleetSummary['delivery'];

/** What a restart has to know of the last delivery that changed something. */
type DeliveryNote = { deliveredAt: string; planId: string };

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
  readonly #writer: Writer;
  readonly #main: MainBranch;
  readonly #planner: Planner;
  readonly #settlement: DriftSettlement;
  readonly #merger: Merger;
  readonly #holding = Holding.create();
  readonly #now: () => Date;
  readonly #whatIf: WhatIf;
  #published?: PublishedPlan;
  #status: DeliveryStatus = { shards: 0, clusters: 0, state: 'never' };
  #pending?: Promise<void>;
  #planId?: string;
  #registrationProblems: readonly Problem[] = [];
  #intentProblems: readonly Problem[] = [];
  #deliveryProblems: readonly Problem[] = [];
  #held: HeldChanges = { applications: new Map(), namespaces: new Map() };

  private constructor(private readonly options: AutomationOptions) {
    this.#writer = Writer.create(options);
    this.#main = MainBranch.create(options.repository);
    this.#settlement = DriftSettlement.create(options.repository);
    this.#now = options.now ?? (() => new Date());
    this.#merger = Merger.create({
      ...options,
      main: this.#main,
      now: this.#now,
    });
    const { inventory, delivery } = options;
    this.#planner = Planner.create({
      inventory,
      delivery,
      main: this.#main,
      now: this.#now,
    });
    this.#whatIf = WhatIf.create({
      ...options,
      planner: this.#planner,
      main: this.#main,
    });
  }

  static create(options: AutomationOptions): Automation {
    return new Automation(options);
  }

  view(): FleetView | undefined {
    return this.#published?.view;
  }

  deliveryStatus(): DeliveryStatus {
    return this.#status;
  }

  /** Runs once more after what is under way; requests that come before it starts share the run. */
  async requestRun(reason: string): Promise<void> {
    this.#pending ??= this.#writer.inTurn(async () => {
      this.#pending = undefined;
      await this.run(reason);
    });
    return this.#pending;
  }

  async mergeChangeRequest(
    id: string,
    digest: string,
    actor: string,
    breakGlass?: string,
  ): Promise<ChangeRequest> {
    return this.writeNow(`merge of ${id}`, () =>
      this.#merger.merge({ id, digest, actor, breakGlass }),
    );
  }

  async whatIf(difference: ApplyResult['difference']): Promise<FleetOutlook> {
    return this.#whatIf.foresee(this.#published, difference);
  }

  listGuards(): Guard[] {
    return this.options.guards.list();
  }

  async signOffGuard(id: string, actor: string, reason: string) {
    await this.writeNow(`sign-off of ${id}`, () =>
      this.options.guards.signOff(id, { actor, reason }, this.#now()),
    );
  }

  async changeRequestFiles(id: string): Promise<FileDiff[]> {
    return this.options.changeRequests.files(id);
  }

  async listDrift(): Promise<Drift[]> {
    return (await this.options.repository.resolve(MAIN))
      ? this.#settlement.list(await this.#main.read())
      : [];
  }

  async getDrift(ref: string): Promise<DriftDetails> {
    return this.#settlement.get(await this.#main.read(), ref);
  }

  async settleDrift(verdict: DriftVerdict): Promise<void> {
    await this.writeNow(`${verdict.decision} of ${verdict.ref}`, async () => {
      const main = await this.#main.read();
      await this.#settlement.settle(main, verdict, this.#now());
      return true;
    });
  }

  /** Writes what a person decided, and runs afterwards; the person does not wait for that. */
  private async writeNow<T>(what: string, task: () => Promise<T>): Promise<T> {
    const result = await this.#writer.write(async () => {
      await this.options.repository.fetch();
      return task();
    });
    this.runLater(what);
    return result;
  }

  private runLater(what: string): void {
    this.requestRun(what).catch(error =>
      this.options.logger.error(`The run after the ${what} failed`, error),
    );
  }

  private async run(reason: string): Promise<void> {
    const { logger } = this.options;
    const started = Date.now();
    try {
      this.#registrationProblems =
        (await this.options.registrationProblems?.()) ?? [];
      const wrote = await this.#writer.withLease(lease =>
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

  /** A replica that may not write shows what it reads. */
  private async planOnly(): Promise<void> {
    await this.options.repository.fetch();
    const planned = await this.#planner.plan();
    await this.options.guards.check(planned, this.#now());
    this.publish(planned);
  }

  private async planAndWrite(reason: string, lease: Lease): Promise<true> {
    const beforeCommit = async () => {
      await this.#writer.renew(lease);
    };
    await this.options.repository.fetch();
    await this.#main.begin();
    await noteMerges(this.options, this.#now());
    let planned = await this.#planner.plan();
    this.publish(planned);
    // Before the catalog was read once, an empty inventory says nothing about what is delivered.
    if (planned.registration.revision === 0) return true;

    while (
      await this.#settlement.settleAlone(
        planned.main,
        this.#now(),
        beforeCommit,
      )
    ) {
      planned = await this.#planner.plan();
    }

    let found = await sortIntents(this.options, planned);
    for (
      let round = 0;
      round < MAX_ROUNDS && found.direct.length > 0;
      round++
    ) {
      await beforeCommit();
      await this.#main.decide(planned.main, found.direct);
      planned = await this.#planner.plan();
      found = await sortIntents(this.options, planned);
    }
    const { guards } = this.options;
    const now = this.#now();
    let guarded = await guards.check(planned, now);
    const { main, plan } = planned;
    const derived = this.#main.derivedChanges(main, plan, guarded.kept);
    if (derived.length > 0) {
      await beforeCommit();
      await this.#main.record(main, derived);
      planned = await this.#planner.plan();
      guarded = await guards.check(planned, now);
    }
    await beforeCommit();
    await guards.note(guarded, now);

    const blocking = await this.options.changeRequests.sync(
      [...found.requests, ...found.direct],
      planned,
      now,
      beforeCommit,
    );
    this.#intentProblems = [...found.problems, ...blocking];
    if (await this.#merger.mergeAgreed())
      this.runLater('merge of what all agreed to');
    this.publish(planned);
    await this.deliver(reason, { planned, guarded }, lease, beforeCommit);
    return true;
  }

  private async deliver(
    reason: string,
    { planned, guarded }: { planned: PlannedMain; guarded: GuardedPlan },
    lease: Lease,
    beforeCommit: () => Promise<void>,
  ): Promise<void> {
    const { delivery, state } = this.options;
    const { main, plan, input } = planned;
    this.#status = { ...this.#status, state: 'delivering' };
    const planId = randomUUID();
    const { holds } = this.#holding.of(planned, guarded.holds);
    const { kept } = guarded;
    const result = await delivery.deliver({
      ...{ main, plan, planId, holds, kept, beforeCommit },
    });
    this.#held = result.held;
    if (result.renderings.length > 0)
      await this.options.plans.save(
        deliveredPlan(planned, result, {
          id: planId,
          cause: reason,
          createdAt: this.#now().toISOString(),
        }),
      );
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
    this.#deliveryProblems = [...result.problems, ...guarded.problems];
    const baseline = this.#planner.baseline(result.after, input.snapshot);
    this.publish({
      ...planned,
      input: { ...input, baseline },
      delivered: result.after,
    });
  }

  private publish(planned: PlannedMain): void {
    const view = createFleetView({
      planned,
      planId: this.#planId,
      problems: [
        ...this.#registrationProblems,
        ...this.#intentProblems,
        ...this.#deliveryProblems,
      ],
      holding: this.#holding.of(planned),
      held: this.#held,
    });
    const intentProblems = this.#intentProblems;
    this.#published = { planned, view, intentProblems };
  }
}
