import {
  ChangeRequest,
  Drift,
  DriftDetails,
  FileDiff,
  FleetSummary,
  Guard,
} from '@res-edge/backstage-plugin-res-edge-common';
import { RolloutRequest } from '@res-edge/backstage-plugin-res-edge-engine';
import { ApplyResult, Lease } from '../database';
import { FleetOutlook } from '../service/FleetOutlook';
import { DriftVerdict, Fleet, FleetView } from '../service/FleetView';
import { ReportListener } from '../status';
import { ForeseenRollout, RolloutQuestion } from '../service/RolloutQuestion';
import { AutomationOptions } from './AutomationOptions';
import { PlanDelivery } from './PlanDelivery';
import { PlannedMain } from './PlannedMain';
import { DriftSettlement } from './DriftSettlement';
import { Findings } from './Findings';
import { FollowedView } from './FollowedView';
import { Holding } from './Holding';
import { MAIN, MainBranch } from './MainBranch';
import { MAX_ROUNDS } from './maxRounds';
import { noteMerges } from './noteMerges';
import { GuardedMerges } from './GuardedMerges';
import { Planner } from './Planner';
import { RolloutSimulations } from './RolloutSimulations';
import { askedIn, busyIn, sortIntents } from './sortIntents';
import { WhatIf } from './WhatIf';
import { Writer } from './Writer';

/** Why a run was asked for last. */
const REQUEST_STATE = 'request';

/**
 * The automation of one replica. One run: read the inventory, main and what is delivered; decide; propose what the
 * inventory asks of main; deliver what follows from main.
 *
 * Runs and merges happen one after another over all replicas. A run reads everything anew where it changed, so that what
 * stopped half-way is finished by the next, of whichever replica. Reads are answered from a view that every replica follows by itself.
 *
 * @internal
 */
export class Automation implements Fleet {
  readonly #writer: Writer;
  readonly #main: MainBranch;
  readonly #planner: Planner;
  readonly #settlement: DriftSettlement;
  readonly #guardedMerges: GuardedMerges;
  readonly #holding = Holding.create();
  readonly #findings: Findings;
  readonly #delivery: PlanDelivery;
  readonly #followed: FollowedView;
  readonly #now: () => Date;
  readonly #whatIf: WhatIf;
  readonly #simulations: RolloutSimulations;

  private constructor(private readonly options: AutomationOptions) {
    this.#writer = Writer.create(options);
    this.#main = MainBranch.create(options);
    this.#settlement = DriftSettlement.create(options.repository);
    options.artifacts?.onChange(() =>
      this.requestRun('what became of artifacts'),
    );
    this.#findings = options.findings;
    this.#now = options.now ?? (() => new Date());
    this.#guardedMerges = GuardedMerges.create({
      ...options,
      main: this.#main,
      now: this.#now,
    });
    this.#planner = Planner.create({
      ...options,
      main: this.#main,
      now: this.#now,
    });
    this.#delivery = PlanDelivery.create({
      ...options,
      writer: this.#writer,
      findings: this.#findings,
      holding: this.#holding,
      now: this.#now,
    });
    this.#followed = FollowedView.create({
      ...options,
      planner: this.#planner,
      holding: this.#holding,
      findings: this.#findings,
      now: this.#now,
    });
    this.#whatIf = WhatIf.create({
      ...options,
      planner: this.#planner,
      main: this.#main,
    });
    this.#simulations = RolloutSimulations.create({
      published: () => this.#followed.published(),
      whatIf: this.#whatIf,
      rollouts: options.rollouts,
    });
  }

  static create(options: AutomationOptions): Automation {
    return new Automation(options);
  }

  view(): FleetView | undefined {
    return this.#followed.published()?.view;
  }

  /** Whether a rollout waits for what a cluster reports: how its release is there. */
  isAwaited(...news: Parameters<ReportListener>): boolean {
    return this.#followed.isAwaited(...news);
  }

  deliveryStatus(): FleetSummary['delivery'] {
    const { planId, ...status } = this.#findings.delivery();
    return status;
  }

  /**
   * Brings what this replica answers up to date; writes nothing.
   *
   * @param options - `fetch`: asks the Git server, too, where there is one
   */
  async follow(options: { fetch?: boolean } = {}): Promise<void> {
    await this.#followed.follow(options);
  }

  async requestRun(reason: string): Promise<void> {
    await this.options.state.set(REQUEST_STATE, reason);
    await this.options.state.count('requests');
  }

  /** Why a run was asked for last. */
  async requestReason(): Promise<string | undefined> {
    return this.options.state.get<string>(REQUEST_STATE);
  }

  async mergeChangeRequest(
    id: string,
    digest: string,
    actor: string,
    breakGlass?: string,
  ): Promise<ChangeRequest> {
    return this.writeNow(`merge of ${id}`, () =>
      this.#guardedMerges.merge({ id, digest, actor, breakGlass }),
    );
  }

  async whatIf(difference: ApplyResult['difference']): Promise<FleetOutlook> {
    return this.#whatIf.foresee(this.#followed.published(), difference);
  }

  async simulateRollout(question: RolloutQuestion): Promise<ForeseenRollout> {
    return this.#simulations.simulate(question);
  }

  async contentWorld(view: FleetView, subject: string) {
    const published = this.#followed.published();
    if (published?.view !== view) return undefined;
    const { planned } = published;
    const held = () => this.#holding.of(planned);
    return this.options.rollouts.contentWorld(planned, held, subject);
  }

  listGuards(): Guard[] {
    return this.options.guards.list();
  }

  async signOffGuard(id: string, actor: string, reason: string) {
    await this.writeNow(`sign-off of ${id}`, () =>
      this.options.guards.signOff(id, { actor, reason }, this.#now()),
    );
  }

  async commandRollout(id: string, request: RolloutRequest) {
    await this.writeNow(`${request.command} of rollout ${id}`, () =>
      this.options.rollouts.command(
        id,
        request,
        this.#now(),
        this.#followed.published()?.view.decisions,
      ),
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
    });
  }

  /** Writes what a person decided, and asks for a run; the person does not wait for that. */
  private async writeNow<T>(what: string, task: () => Promise<T>): Promise<T> {
    const result = await this.#writer.write(async lease => {
      await this.options.repository.fetch();
      await this.#writer.renew(lease);
      return task();
    });
    await this.requestRun(what);
    return result;
  }

  /**
   * Plans and writes, when those who write are done.
   *
   * @throws ConflictError where somebody else wrote meanwhile: the next run sees it
   */
  async run(reason: string): Promise<void> {
    const started = performance.now();
    try {
      await this.#writer.write(lease => this.runWith(reason, lease));
    } finally {
      this.options.artifacts?.wake();
      await this.follow();
    }
    this.options.logger.info(
      `Planned because of ${reason} in ${Math.round(
        performance.now() - started,
      )} ms`,
    );
  }

  /** Waits for what goes on beside runs. */
  async stop(): Promise<void> {
    await this.options.artifacts?.stop();
  }

  private async runWith(reason: string, lease: Lease): Promise<void> {
    try {
      await this.planAndWrite(reason, lease);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      // Of another replica's deliveries nothing is said here.
      await this.#findings
        .noteDelivery({ state: 'failed', message }, lease)
        .catch(() => {});
      throw error;
    }
  }

  /** What was changed by hand on main, and needs nobody. */
  private async settleAlone(
    { main }: PlannedMain,
    beforeCommit: () => Promise<void>,
  ): Promise<boolean> {
    const { merges } = this.options.changeRequests;
    const now = this.#now();
    return (
      (await merges.confirm(main, now, beforeCommit)) ||
      this.#settlement.settleAlone(main, now, beforeCommit)
    );
  }

  private async planAndWrite(reason: string, lease: Lease): Promise<void> {
    const beforeCommit = () => this.#writer.renew(lease);
    await this.options.repository.dropStaleLocks();
    await this.options.repository.fetch();
    await beforeCommit();
    await this.#main.begin();
    await noteMerges(this.options, this.#now());
    await this.follow();
    let planned = await this.#planner.plan();
    // Before the catalog was read once, an empty inventory says nothing about what is delivered.
    if (planned.registration.revision === 0) return;

    while (await this.settleAlone(planned, beforeCommit)) {
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
    const advance = async () => {
      // What it stores of rollouts is another replica's, too.
      await beforeCommit();
      const { rollouts } = this.options;
      const busy = busyIn(planned, found);
      return rollouts.advance(planned, () => this.#holding.of(planned), busy);
    };
    let promotions = await advance();
    for (
      let round = 0;
      round < MAX_ROUNDS && promotions.direct.length > 0;
      round++
    ) {
      await beforeCommit();
      await this.#main.decide(planned.main, promotions.direct);
      planned = await this.#planner.plan();
      found = await sortIntents(this.options, planned);
      promotions = await advance();
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
      [...askedIn(found), ...promotions.requests],
      planned,
      now,
      beforeCommit,
    );
    const intentProblems = [
      ...found.problems,
      ...promotions.problems,
      ...blocking,
    ];
    if (await this.#guardedMerges.mergeAgreed())
      await this.requestRun('merge of what all agreed to');
    await this.#delivery.deliver(
      reason,
      { planned, guarded, intentProblems },
      lease,
    );
  }
}
