import { Losses } from './Losses';

/** When losses wait for a person. @public */
export interface GuardOptions {
  /** More than this part of the clusters that have it, 0 to 1. */
  readonly share: number;
  /** And at least so many of them. */
  readonly atLeast: number;
}

/**
 * What is looked at as a whole: the clusters that lose one application, an application of one namespace, any application
 * in one group or in the fleet; `deletion` is of Kubernetes Namespaces, whatever their number.
 *
 * @public
 */
export type GuardScope =
  | 'application'
  | 'namespace'
  | 'group'
  | 'fleet'
  | 'deletion';

/** Losses that wait for a person. @public */
export interface Guard {
  readonly scope: GuardScope;
  /** Of the application, namespace or group; empty for the fleet. */
  readonly name: string;
  /** Clusters that lose something of it, within the time that is looked at. */
  readonly lost: number;
  /** Of these, clusters that lost it before this plan. */
  readonly before: number;
  /** Clusters that have it, or had it within that time. */
  readonly total: number;
  /** What waits. */
  readonly losses: Losses;
}
