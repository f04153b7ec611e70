import { Bitmap } from '../bitmap';

/**
 * What stays on clusters as it is delivered, whatever a plan says: a window is closed, a freeze holds, a guard waits
 * for a sign-off. By name, with the clusters as the plan's snapshot numbers them.
 *
 * @public
 */
export interface Holds {
  readonly applications: ReadonlyMap<string, Bitmap>;
  readonly namespaces: ReadonlyMap<string, Bitmap>;
  /** Groups whose values and components stay as each of the clusters has them; none where left out. */
  readonly groups?: ReadonlyMap<string, Bitmap>;
  /** Of `applications`: where they wait for groups alone, so that what else a cluster gets goes on; nowhere where left out. */
  readonly behindGroups?: ReadonlyMap<string, Bitmap>;
}

/** What a plan wants on clusters and holds keep from them: names of clusters by application and by namespace. @public */
export interface HeldChanges {
  readonly applications: ReadonlyMap<string, readonly string[]>;
  readonly namespaces: ReadonlyMap<string, readonly string[]>;
  /** The same by group, of components that cannot be made; left out where there are none. */
  readonly groups?: ReadonlyMap<string, readonly string[]>;
}
