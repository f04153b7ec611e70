import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { ApplicationReport } from '@res-edge/backstage-plugin-res-edge-engine';
import { GitRepository } from '../git';
import { createFleetView } from './createFleetView';
import { createExclusive } from './exclusive';
import { Findings } from './Findings';
import { Guards } from './Guards';
import { Holding } from './Holding';
import { MAIN } from './MainBranch';
import { Planner } from './Planner';
import { Rollouts } from './Rollouts';
import { PublishedPlan } from './WhatIf';

/**
 * What a replica answers reads from: inventory, Git and what the one that plans has found, as they were when it looked last.
 * It writes nothing, so that every replica can follow at any time.
 *
 * @internal
 */
export class FollowedView {
  readonly #exclusive = createExclusive();
  #published?: PublishedPlan;
  #next?: Promise<void>;
  #fetch = false;

  private constructor(
    private readonly options: {
      repository: GitRepository;
      planner: Planner;
      guards: Guards;
      holding: Holding;
      findings: Findings;
      rollouts: Pick<Rollouts, 'latest'>;
      registrationProblems?: () => Promise<readonly Problem[]>;
      onChange?: () => void;
      now: () => Date;
    },
  ) {}

  static create(options: FollowedView['options']): FollowedView {
    return new FollowedView(options);
  }

  /** Undefined until it was followed for the first time. */
  published(): PublishedPlan | undefined {
    return this.#published;
  }

  /** Whether a rollout waits for what a cluster reports: how its release is there. */
  isAwaited(
    cluster: string,
    application: string,
    { revision, condition }: ApplicationReport,
  ): boolean {
    const published = this.#published;
    return (
      published?.rollouts.get(application)?.phase === 'running' &&
      ['healthy', 'failed'].includes(condition) &&
      published.view.delivered.entry(cluster, application)?.revision ===
        revision
    );
  }

  /**
   * Looks again; those who ask before it begins share it.
   *
   * @param options - `fetch`: asks the Git server, too, where there is one
   */
  async follow(options: { fetch?: boolean } = {}): Promise<void> {
    this.#fetch ||= options.fetch === true;
    this.#next ??= this.#exclusive(async () => {
      this.#next = undefined;
      const fetch = this.#fetch;
      this.#fetch = false;
      if (fetch) await this.options.repository.fetch();
      await this.look();
    });
    return this.#next;
  }

  private async look(): Promise<void> {
    const { repository, planner, guards, holding, findings } = this.options;
    // Nobody has planned ever.
    if (!(await repository.resolve(MAIN))) return;
    const problems = (await this.options.registrationProblems?.()) ?? [];
    await findings.read();
    const planned = await planner.plan();
    await guards.check(planned, this.options.now());
    const { intentProblems, deliveryProblems, ...waiting } = findings.found();
    const rollouts = await this.options.rollouts.latest();
    const view = createFleetView({
      planned,
      planId: findings.delivery().planId,
      problems: [...problems, ...intentProblems, ...deliveryProblems],
      holding: holding.of(planned),
      rollouts,
      ...waiting,
    });
    this.#published = { planned, view, rollouts, intentProblems };
    this.options.onChange?.();
  }
}
