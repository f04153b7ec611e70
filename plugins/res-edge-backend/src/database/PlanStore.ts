import { Plan, PlanSummary } from '@res-edge/backstage-plugin-res-edge-common';
import { NamedLosses } from '@res-edge/backstage-plugin-res-edge-engine';
import { PageRequest } from '../util/cursor';

/** A plan with the inventory that it was made from. @internal */
export type StoredPlan = Plan & { inventoryRevision: number };

/** What people who merge a change request have read that it takes away. @internal */
export interface ShownLosses {
  readonly losses: NamedLosses;
  /** Of a policy: what a yes to it binds to. */
  readonly policy?: string;
}

/** The plans that were made; the newest are kept, and those of open change requests. @internal */
export interface PlanStore {
  /** Keeps a plan and lets old ones go. A plan never changes: saving one again does nothing. */
  save(plan: StoredPlan, shown?: ShownLosses): Promise<void>;

  /** @throws NotFoundError where there is none, or no more */
  get(id: string): Promise<StoredPlan>;

  /** A plan without what it changes; undefined where there is none, or no more. */
  getSummary(id: string): Promise<PlanSummary | undefined>;

  /** What a plan was saved with. */
  shownLosses(id: string): Promise<ShownLosses | undefined>;

  /** The newest first. */
  list(
    page: PageRequest,
  ): Promise<{ items: PlanSummary[]; nextCursor?: string }>;
}
