import {
  ApprovalVerdict,
  NamedApproval,
} from '@res-edge/backstage-plugin-res-edge-engine';

/** What a decision needs before it is merged. @internal */
export interface ApprovalNeeds {
  readonly policies: readonly NamedApproval[];
  /** References of users who asked for it or wrote it. */
  readonly involved: readonly string[];
}

/** What somebody said to a decision, as it is kept. @internal */
export interface StoredVerdict extends ApprovalVerdict {
  /** Reference and digest of what is decided: a word counts for nothing else. */
  readonly decision: string;
  /** Name and digest of the approval that asked. */
  readonly policy: string;
  /** Whether to merge as soon as all agreed. */
  readonly merge: boolean;
}

/** What people said to decisions, append-only. @internal */
export interface ApprovalStore {
  add(verdicts: readonly StoredVerdict[]): Promise<void>;

  /** By decision, in the order in which they were said. */
  list(
    decisions: readonly string[],
  ): Promise<ReadonlyMap<string, readonly StoredVerdict[]>>;
}
