import { NotFoundError } from '@backstage/errors';
import {
  ChangeRequestState,
  Plan,
  PlanPage,
  PlanSummary,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  ChangeRequestStore,
  PlanStore,
  StoredChangeRequest,
  StoredPlan,
} from '../../database';
import { Access } from '../../permissions';
import { PageRequest } from '../../util/cursor';
import { shownPlan, toPlanSummary } from '../queries';

/** How many are read at once to see whether there is a next page. */
const LOOK_AHEAD = 20;

/**
 * Plans and change requests as one caller may see them. They stand in the database with what they mean for everybody, so
 * that callers who see everything are answered from there alone, and the others from what is left of each.
 *
 * @internal
 */
export class VisiblePlans {
  static of(
    {
      plans,
      changeRequests,
    }: { plans: PlanStore; changeRequests: ChangeRequestStore },
    access: Access,
  ): VisiblePlans {
    return new VisiblePlans(plans, changeRequests, access);
  }

  private constructor(
    private readonly plans: PlanStore,
    private readonly changeRequests: ChangeRequestStore,
    private readonly access: Access,
  ) {}

  /** @throws NotFoundError */
  async getPlan(id: string): Promise<Plan> {
    const plan = await this.shown(await this.plans.get(id));
    if (!plan) {
      throw new NotFoundError(`No plan '${id}', or no more`);
    }
    return plan;
  }

  async findSummary(id: string): Promise<PlanSummary | undefined> {
    const summary = await this.plans.getSummary(id);
    return summary && this.shownSummary(summary);
  }

  async listPlans(page: PageRequest): Promise<PlanPage> {
    return this.access.seesEverything
      ? this.plans.list(page)
      : collect(
          page,
          request => this.plans.list(request),
          summary => this.shownSummary(summary),
        );
  }

  /** @throws NotFoundError */
  async getChangeRequest(id: string): Promise<StoredChangeRequest> {
    const stored = await this.changeRequests.get(id);
    const shown = await this.shownRequest(stored);
    if (!shown) {
      throw new NotFoundError(`No change request '${id}'`);
    }
    return shown;
  }

  async listChangeRequests(
    request: PageRequest & { state?: ChangeRequestState },
  ): Promise<{
    items: StoredChangeRequest[];
    total: number;
    nextCursor?: string;
  }> {
    if (this.access.seesEverything) {
      return this.changeRequests.list(request);
    }
    const page = await collect(
      request,
      part => this.changeRequests.list({ ...part, state: request.state }),
      stored => this.shownRequest(stored),
    );
    const counts = await this.changeRequests.countByIntent(request.state);
    const total = [...counts]
      .filter(([intent]) => this.seesIntent(intent))
      .reduce((sum, [, count]) => sum + count, 0);
    return { ...page, total };
  }

  /** Ids of the open ones, by the reference of what they ask for. */
  async openIntents(): Promise<ReadonlyMap<string, string>> {
    const open = await this.changeRequests.listOpen();
    return new Map(
      open
        .filter(({ intent }) => this.seesIntent(intent))
        .map(({ intent, id }) => [intent, id]),
    );
  }

  /** Whether the caller may see what it asks for. */
  sees({ intent }: Pick<StoredChangeRequest, 'intent'>): boolean {
    return this.seesIntent(intent);
  }

  private async shown(stored: StoredPlan): Promise<Plan | undefined> {
    const { inventoryRevision, ...plan } = stored;
    if (this.access.seesEverything) {
      return plan;
    }
    if (plan.changeRequest && !(await this.seesRequest(plan.changeRequest))) {
      return undefined;
    }
    return shownPlan(this.access.fleet(), plan);
  }

  private async shownSummary(
    summary: PlanSummary,
  ): Promise<PlanSummary | undefined> {
    if (this.access.seesEverything) {
      return summary;
    }
    const plan = await this.shown(await this.plans.get(summary.id));
    return plan && toPlanSummary(plan);
  }

  private async shownRequest(
    stored: StoredChangeRequest,
  ): Promise<StoredChangeRequest | undefined> {
    if (this.access.seesEverything) {
      return stored;
    }
    if (!this.seesIntent(stored.intent)) {
      return undefined;
    }
    const fleet = this.access.fleet();
    return {
      ...stored,
      blocked: fleet.text(stored.blocked),
      totals: await this.shownTotals(stored),
    };
  }

  /** Its plan may be gone, and with it what it meant for the clusters of this caller. */
  private async shownTotals({
    planId,
  }: StoredChangeRequest): Promise<PlanSummary['totals']> {
    const summary = planId && (await this.plans.getSummary(planId));
    const shown = summary && (await this.shownSummary(summary));
    return shown
      ? shown.totals
      : { won: 0, lost: 0, changed: 0, refused: 0, bills: 0 };
  }

  private async seesRequest(id: string): Promise<boolean> {
    try {
      return this.seesIntent((await this.changeRequests.get(id)).intent);
    } catch (error) {
      if (error instanceof NotFoundError) {
        return false;
      }
      throw error;
    }
  }

  private seesIntent(intent: string): boolean {
    return (
      this.access.seesEverything || this.access.fleet().seesReference(intent)
    );
  }
}

type ListPage<T> = (
  page: PageRequest,
) => Promise<{ items: T[]; nextCursor?: string }>;

/**
 * A page of what is left of a list: read on until it is full. It has a next page only where that has something to show, and
 * its cursor is always the one of an item that is shown.
 */
async function collect<T, Shown>(
  { limit, cursor }: PageRequest,
  list: ListPage<T>,
  show: (item: T) => Promise<Shown | undefined>,
): Promise<{ items: Shown[]; nextCursor?: string }> {
  const items: Shown[] = [];
  let next = cursor;
  do {
    // As many as are missing: where they fill the page, the last one taken is shown.
    const page = await list({ limit: limit - items.length, cursor: next });
    for (const item of page.items) {
      const shown = await show(item);
      if (shown) {
        items.push(shown);
      }
    }
    next = page.nextCursor;
  } while (next !== undefined && items.length < limit);
  return {
    items,
    nextCursor: (await showsMore(next, list, show)) ? next : undefined,
  };
}

async function showsMore<T>(
  cursor: string | undefined,
  list: ListPage<T>,
  show: (item: T) => Promise<unknown>,
): Promise<boolean> {
  let next = cursor;
  while (next !== undefined) {
    const page = await list({ limit: LOOK_AHEAD, cursor: next });
    for (const item of page.items) {
      if (await show(item)) {
        return true;
      }
    }
    next = page.nextCursor;
  }
  return false;
}
