import { Bitmap } from '../bitmap';
import type { FactIndex } from '../snapshot/FactIndex';

/** What a selector is evaluated over. A snapshot is one; so are its facts while its groups are still being closed. @public */
export interface SelectorContext {
  /** The context that this one adds to: what does not depend on the addition is remembered there. */
  readonly base?: SelectorContext;
  readonly size: number;
  /** Steps that evaluating one selector may take over all clusters: 4,000,000 where left out, a second or two. */
  readonly maxSteps?: number;
  readonly facts: FactIndex;
  numberOf(cluster: string): number | undefined;
  /** Whether there is a cluster of this name; in a part of a fleet, also one that has no number in it. */
  hasCluster(name: string): boolean;
  hasGroup(name: string): boolean;
  /** The clusters in a group or below. */
  groupMembers(name: string): Bitmap;
  /** All groups that a cluster is in, ancestors included. */
  groupsOf(cluster: number): readonly string[];
  /** The clusters of a namespace, `undefined` where there is none of this name. */
  namespaceClusters?(name: string): Bitmap | undefined;
}
