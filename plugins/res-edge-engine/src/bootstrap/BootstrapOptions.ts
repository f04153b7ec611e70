import { GitOpsEngine } from '../model';
import { Maintenance } from './Maintenance';

/** What the bootstrap of a cluster is written from. @public */
export interface BootstrapOptions {
  readonly cluster: string;
  readonly engine: GitOpsEngine;
  /** The repository, as clusters reach it: of Git, or that of the artifact (`oci://…`). */
  readonly url: string;
  /** The branch of the cluster's shard. */
  readonly branch: string;
  /** The Secret on the cluster with the credentials to read it; none are needed where left out. */
  readonly secret?: string;
  /** Given where the cluster follows an OCI artifact in place of the branch. */
  readonly artifact?: BootstrapArtifact;
  /** Where the cluster reports to, such as `https://portal.example.com/api/res-edge`; it does not where left out. */
  readonly statusUrl?: string;
  /** When the cluster may take in what is delivered; at any time where left out. */
  readonly maintenance?: Maintenance;
  /** The image with `sh` and `kubectl` by which Flux keeps to that; nothing is held where left out. */
  readonly maintenanceImage?: string;
}

/** How a cluster follows an OCI artifact. @public */
export interface BootstrapArtifact {
  readonly tag: string;
  /** By HTTP, without TLS. */
  readonly insecure?: boolean;
}

/** A file of a bootstrap. @public */
export interface BootstrapFile {
  readonly name: string;
  /** What it is for, and how it is used. */
  readonly purpose: string;
  readonly content: string;
}
