import { Bitmap } from '../bitmap';

/** Clusters by number, and those that are no longer registered by name. @public */
export interface LostClusters {
  readonly clusters: Bitmap;
  /** Sorted. They have bills, and no number any more. */
  readonly gone: readonly string[];
}

/** What is taken away from clusters that have it. @public */
export interface Losses {
  /** By application. */
  readonly applications: ReadonlyMap<string, LostClusters>;
  /** Kubernetes Namespaces that are deleted with all that is in them, by name. */
  readonly namespaces: ReadonlyMap<string, LostClusters>;
}

/** Names of clusters, by application or namespace: what is kept of losses while clusters come and go. @public */
export interface NamedLosses {
  readonly applications: ReadonlyMap<string, ReadonlySet<string>>;
  readonly namespaces: ReadonlyMap<string, ReadonlySet<string>>;
}
