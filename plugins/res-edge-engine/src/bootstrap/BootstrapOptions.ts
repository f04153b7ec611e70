import { GitOpsEngine } from '../model';

/** What the bootstrap of a cluster is written from. @public */
export interface BootstrapOptions {
  readonly cluster: string;
  readonly engine: GitOpsEngine;
  /** The Git repository, as clusters reach it. */
  readonly url: string;
  /** The branch of the cluster's shard. */
  readonly branch: string;
  /** The Secret on the cluster with the credentials to read it; none are needed where left out. */
  readonly secret?: string;
}

/** A file of a bootstrap. @public */
export interface BootstrapFile {
  readonly name: string;
  /** What it is for, and how it is used. */
  readonly purpose: string;
  readonly content: string;
}
