import {
  EdgeClusterEntity,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';

/** What applies a delivery branch on a cluster. @public */
export type GitOpsEngine = NonNullable<EdgeClusterEntity['spec']['gitops']>;

/** One file to write (`content`) or to remove (no `content`), by its path from the root of the branch. @public */
export interface FileChange {
  readonly path: string;
  readonly content?: string | Uint8Array;
}

/** Files by path. @public */
export type FileMap = ReadonlyMap<string, string | Uint8Array>;

/**
 * Builds the folder of kustomize sources to one multi-document YAML; only `files` may be read. Whoever calls the engine
 * hands it in.
 *
 * @public
 */
export type BuildManifests = (
  files: FileMap,
  folder?: string,
) => Promise<string>;

/** The objects that a version's source builds to, placeholders intact. @public */
export interface BuiltSource {
  readonly objects: readonly Record<string, unknown>[];
}

/** A folder to build with kustomize, by the key under which {@link BuiltSource}s are handed on. @public */
export interface SourceBuild {
  readonly key: string;
  readonly application: string;
  readonly files: FileMap;
  /** The folder in `files` to build. */
  readonly folder: string;
}

/** An application's source as it was read, before it is captured. @public */
export interface ApplicationSource {
  /** Where it was read, with the resolved commit where there is one. */
  readonly origin: string;
  /** The files of the folder that `spec.source` names, by their path in it. */
  readonly files: FileMap;
  /** The patch files of the overrides, by their path as `spec.overrides[].patches` writes it. */
  readonly patches: FileMap;
}

/** What an override adds to the manifests, as a kustomize Component. @public */
export interface CapturedOverride {
  readonly digest: string;
  readonly files: FileMap;
}

/** A version of an application, with what it brings along; never changed once it is on main. @public */
export interface Capture {
  readonly application: string;
  readonly version: string;
  readonly origin: string;
  /** SHA-256 of the files. */
  readonly digest: string;
  readonly files: FileMap;
  /** By the override's name; only overrides with patches. */
  readonly overrides: ReadonlyMap<string, CapturedOverride>;
  readonly requests: Readonly<Record<string, string>>;
  readonly requires: readonly string[];
  readonly dependsOn: readonly string[];
  /** Keys of the cluster that are delivered as a ConfigMap. */
  readonly clusterValues: readonly string[];
  /** What it brings of what an add-on needs leave for, such as `ClusterRole` or `kube-system/RoleBinding`. */
  readonly allowedKinds: readonly string[];
  /** The keys of clusters that its placeholders read, those of `clusterValues` included. */
  readonly clusterKeys: readonly string[];
  /** A capture with problems is not written. */
  readonly problems: readonly Problem[];
}

/** A revision in a bill. @public */
export interface BillEntry {
  readonly name: string;
  /** Digest of the revision, as in its folder's name. */
  readonly revision: string;
  /** Of an application. */
  readonly version?: string;
  /** Of an application; left out where the bill does not say it. */
  readonly namespace?: string;
  /** Of a namespace that leaves: its applications are gone already. */
  readonly leavesAfter?: string;
  /** Of a namespace that leaves: the applications that it had. Once all of them are reported to be removed, it goes at once. */
  readonly leaving?: readonly string[];
}

/** An application that has left one namespace, and waits until it may arrive in another. @public */
export interface MovingApplication {
  readonly name: string;
  /** The namespace that it has left. */
  readonly from: string;
  /** When all that it had there is taken to be gone. */
  readonly arrivesAfter: string;
}

/** A component of a group in a cluster's folder. @public */
export interface ComponentLine {
  /** The folder of the component, from the root of the branch. */
  readonly path: string;
  /** The application whose build it goes into; the cluster's own build where left out. */
  readonly application?: string;
}

/** What one cluster is told to run, as its `kustomization.yaml` says. @public */
export interface Bill {
  readonly cluster: string;
  /** For which it is written; Flux where left out. */
  readonly engine?: GitOpsEngine;
  readonly namespaces: readonly BillEntry[];
  readonly applications: readonly BillEntry[];
  /** None where left out. */
  readonly moving?: readonly MovingApplication[];
  /** Those whose components it has. */
  readonly groups: readonly BillEntry[];
  /** Those of the cluster's own build first. */
  readonly components: readonly ComponentLine[];
}

/** One cluster's folder on its shard's branch. @public */
export interface DeliveredCluster {
  readonly bill: Bill;
  /** Git blob hash of `kustomization.yaml`. */
  readonly billHash: string;
  /** Git blob hash of `values/kustomization.yaml`. */
  readonly valuesHash: string;
  /** The text of `values/kustomization.yaml`: what a revision that stays still reads. */
  readonly values: string;
}

/** What one shard's branch holds now. @public */
export interface DeliveredShard {
  readonly shard: string;
  /** Paths of revision folders that exist, such as `apps/imdb/revisions/0a1b2c`. */
  readonly revisions: ReadonlySet<string>;
  readonly clusters: ReadonlyMap<string, DeliveredCluster>;
  /** Since when no bill names a revision, where that is kept. */
  readonly unreferenced?: ReadonlyMap<string, string>;
}

/** What a delivery does to a shard's branch. @public */
export interface ShardChange {
  readonly shard: string;
  /** Clusters whose folder changes. */
  readonly clusters: readonly string[];
  /** The branch as it is after the changes. */
  readonly delivered: DeliveredShard;
}

/** What a shard's branch must change to hold what the plan says. @public */
export interface ShardRendering extends ShardChange {
  readonly changes: readonly FileChange[];
}

/** The delivery branches that a plan asks for. @public */
export interface DeliveryRendering {
  /** Only shards that change. */
  readonly shards: readonly ShardRendering[];
  readonly problems: readonly Problem[];
}
