import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { randomUUID } from 'node:crypto';
import { Lease, PlanStore } from '../database';
import { GitRepository } from '../git';
import { ArtifactDelivery } from './ArtifactDelivery';
import { countClusters, deliveredPlan } from './deliveredPlan';
import { Delivery } from './Delivery';
import { EnvironmentRepositories } from './EnvironmentRepositories';
import { Findings } from './Findings';
import { GuardedPlan } from './Guards';
import { heldNow } from './heldNow';
import { Holding } from './Holding';
import { PlannedMain } from './PlannedMain';
import { Rollouts } from './Rollouts';
import { ShardRepositories } from './ShardRepositories';
import { Writer } from './Writer';

/** A plan that is about to be delivered. @internal */
export interface ReviewedPlan {
  readonly planned: PlannedMain;
  readonly guarded: GuardedPlan;
  /** Of what the inventory asks of main. */
  readonly intentProblems: readonly Problem[];
}

/** Delivers a plan but for what waits, and notes what came of it. @internal */
export class PlanDelivery {
  private constructor(
    private readonly options: {
      readonly repository: GitRepository;
      readonly plans: PlanStore;
      readonly delivery: Delivery;
      readonly artifacts?: Pick<ArtifactDelivery, 'problems'>;
      readonly shardRepositories?: Pick<ShardRepositories, 'push'>;
      readonly environments?: Pick<EnvironmentRepositories, 'update'>;
      readonly rollouts: Rollouts;
      readonly holding: Holding;
      readonly findings: Findings;
      readonly writer: Writer;
      readonly now: () => Date;
    },
  ) {}

  static create(options: PlanDelivery['options']): PlanDelivery {
    return new PlanDelivery(options);
  }

  async deliver(
    reason: string,
    { planned, guarded, intentProblems }: ReviewedPlan,
    lease: Lease,
  ): Promise<void> {
    const { delivery, findings, now, writer } = this.options;
    const { main, plan } = planned;
    const planId = randomUUID();
    const beforeCommit = async () => {
      if (findings.delivery().state === 'delivering') await writer.renew(lease);
      else await findings.noteDelivery({ state: 'delivering' }, lease);
    };
    const { holds } = await heldNow(this.options, planned, guarded);
    const { kept } = guarded;
    const result = await delivery.deliver({
      ...{ main, plan, planId, holds, kept, beforeCommit },
    });
    const delivered = result.renderings.length > 0;
    if (delivered)
      await this.options.plans.save(
        deliveredPlan(planned, result, {
          id: planId,
          cause: reason,
          createdAt: now().toISOString(),
        }),
      );
    const { shardRepositories, environments } = this.options;
    const beforePush = () => writer.renew(lease);
    const behind = [
      ...((await shardRepositories?.push(beforePush)) ?? []),
      ...((await environments?.update({ main, plan }, beforePush)) ?? []),
    ];
    await this.options.repository.maintain();
    await findings.note(
      {
        intentProblems,
        deliveryProblems: [
          ...result.problems,
          ...guarded.problems,
          ...(this.options.artifacts?.problems() ?? []),
          ...behind,
        ],
        held: result.held,
        undeliverable: result.undeliverable,
      },
      lease,
    );
    const first = findings.delivery().planId === undefined;
    await findings.noteDelivery(
      {
        shards: result.after.size,
        clusters: countClusters(result.after),
        state: 'delivered',
        message: undefined,
        mainCommit: main.commit,
        ...((delivered || first) && {
          planId,
          deliveredAt: now().toISOString(),
        }),
      },
      lease,
    );
  }
}
