import { Plan, PlanSummary } from '@res-edge/backstage-plugin-res-edge-common';
import { PageRequest } from '../util/cursor';

/** A plan with the inventory that it was made from. @internal */
export type StoredPlan = Plan & { inventoryRevision: number };

/** The plans that were made; the newest are kept, and those of open change requests. @internal */
export interface PlanStore {
  /** Keeps a plan and lets old ones go. A plan never changes: saving one again does nothing. */
  save(plan: StoredPlan): Promise<void>;

  /** @throws NotFoundError where there is none, or no more */
  get(id: string): Promise<StoredPlan>;

  /** A plan without what it changes; undefined where there is none, or no more. */
  getSummary(id: string): Promise<PlanSummary | undefined>;

  /** The newest first. */
  list(
    page: PageRequest,
  ): Promise<{ items: PlanSummary[]; nextCursor?: string }>;
}
