import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { ChangeRequest } from '@res-edge/backstage-plugin-res-edge-common';
import { approvableOf } from './ApprovableDecision';
import { Approvals } from './Approvals';
import { ChangeRequests } from './ChangeRequests';
import { Guards } from './Guards';
import { MainBranch } from './MainBranch';

/** A merge that somebody wants. @internal */
export interface Merge {
  readonly id: string;
  /** Of the decision that was read. */
  readonly digest: string;
  readonly actor: string;
  /** Why it is merged without the approvals that it needs. */
  readonly breakGlass?: string;
}

/** Merges change requests: what a person wants now, and what all agreed to in advance. @internal */
export class GuardedMerges {
  static create(options: {
    main: MainBranch;
    changeRequests: ChangeRequests;
    approvals: Approvals;
    guards: Guards;
    logger: LoggerService;
    now: () => Date;
  }): GuardedMerges {
    return new GuardedMerges(options);
  }

  private constructor(
    private readonly options: Parameters<typeof GuardedMerges.create>[0],
  ) {}

  /** @throws ConflictError where it cannot be merged, or is something else by now */
  async merge({
    id,
    digest,
    actor,
    breakGlass,
  }: Merge): Promise<ChangeRequest> {
    const { changeRequests, guards, main } = this.options;
    const { drift } = await main.read();
    const now = this.options.now();
    const shown = await changeRequests.shownLosses(id);
    const held = new Set(drift.map(({ ref }) => ref));
    const merged = await changeRequests.merges.merge(id, digest, actor, {
      ...{ now, held, breakGlass },
    });
    const by = { actor, reason: `merged change request ${id}` };
    if (shown) await guards.signOffMerged(shown, by, now);
    return merged;
  }

  /** Merges what all agreed to in advance, and says whether there was something. */
  async mergeAgreed(): Promise<boolean> {
    const { approvals, changeRequests, logger } = this.options;
    let merged = false;
    for (const request of await changeRequests.listOpen()) {
      if (!request.approvals || request.blocked) continue;
      const { id, digest } = request;
      const actor = await approvals.mergesBy(approvableOf(request));
      if (!actor) continue;
      try {
        await this.merge({ id, digest, actor });
        merged = true;
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error;
        logger.warn(`Change request ${id} cannot be merged: ${error.message}`);
      }
    }
    return merged;
  }
}
