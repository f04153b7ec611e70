import {
  ChangeRequest,
  ChangeRequestState,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ApprovalNeeds } from './ApprovalStore';
import { PageRequest } from '../util/cursor';

/** Whether something may be merged, as a server that merges by itself is told. @internal */
export interface Check {
  /** Such as `res-edge/approvals`. */
  readonly name: string;
  readonly state: 'success' | 'pending' | 'failure';
  /** Why, in a line. */
  readonly text: string;
  /** The path of the portal's page about it. */
  readonly link: string;
}

/** What a server was told of a commit. @internal */
export interface ReportedChecks {
  readonly commit: string;
  readonly checks: readonly Check[];
}

/** A change request with what the automation remembers of it. @internal */
export type StoredChangeRequest = Omit<
  ChangeRequest,
  'mergeable' | 'approvals'
> & {
  description?: string;
  /** The commit of main that it was planned on. */
  baseCommit?: string;
  /** The head of its branch. */
  headCommit?: string;
  /** Who has to agree; left out where nobody has. */
  approvals?: ApprovalNeeds;
  /** The plan that says what it changes. */
  planId?: string;
  /** What the server with its pull request was told last. */
  checks?: ReportedChecks;
};

/** The facts that a transition sets beside the state. @internal */
export type ChangeRequestTransition = Partial<
  Pick<
    StoredChangeRequest,
    'mergedAt' | 'mergedBy' | 'mergeCommit' | 'blocked' | 'pullRequest'
  >
> & { state: ChangeRequestState; updatedAt: string };

/** What is proposed to main. @internal */
export interface ChangeRequestStore {
  /** Adds a change request, or replaces the one of this id with all its fields. */
  upsert(changeRequest: StoredChangeRequest): Promise<void>;

  /** @throws NotFoundError */
  get(id: string): Promise<StoredChangeRequest>;

  /** Open ones first, then the newest. */
  list(request: PageRequest & { state?: ChangeRequestState }): Promise<{
    items: StoredChangeRequest[];
    total: number;
    nextCursor?: string;
  }>;

  /** How many there are of each intent, of one state or of all. */
  countByIntent(
    state?: ChangeRequestState,
  ): Promise<ReadonlyMap<string, number>>;

  /** When something of this intent was merged last; undefined where nothing was. */
  lastMerged(intent: string): Promise<string | undefined>;

  /** What these commits of main merged of an intent. */
  listMerged(
    intent: string,
    mergeCommits: readonly string[],
  ): Promise<StoredChangeRequest[]>;

  /** All that are open, the newest first. */
  listOpen(): Promise<StoredChangeRequest[]>;

  /** Remembers what a server was told. */
  noteChecks(id: string, checks: ReportedChecks): Promise<void>;

  /**
   * Changes the state of the one that is still as expected.
   *
   * @throws ConflictError where its state or its decision is another one by now
   */
  transition(
    id: string,
    expected: { state: ChangeRequestState; digest?: string },
    change: ChangeRequestTransition,
  ): Promise<StoredChangeRequest>;
}
