import { ReportedCondition } from '@res-edge/backstage-plugin-res-edge-engine';

/** What is told of a cluster: that it is there, and where `about` is given, what it says of an application. @internal */
export interface StatusReport {
  readonly cluster: string;
  /** By the clock of the cluster, in milliseconds; when it was received, where left out. */
  readonly at?: number;
  readonly about?: {
    /** Empty for the cluster's own build, whose revision is the commit. */
    readonly application: string;
    readonly revision: string;
    readonly condition: ReportedCondition;
    readonly message?: string;
  };
  /** All applications that are there: what the cluster said of others before is removed. */
  readonly present?: ReadonlySet<string>;
}

/** The name under which the cluster's own build is kept, which no application can have. @internal */
export const OWN_BUILD = '';

/**
 * What became of a report. `heard`: it only says that the cluster is there; `outdated`: a newer one is known;
 * `unknown-revision`: it is kept, and counts as one of another revision than is wanted.
 *
 * @internal
 */
export type StatusOutcome =
  | 'recorded'
  | 'unchanged'
  | 'heard'
  | 'outdated'
  | 'unknown-revision'
  | 'unknown-application'
  | 'unknown-cluster';
