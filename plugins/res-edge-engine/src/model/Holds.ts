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
}

/** What a plan wants on clusters and holds keep from them: names of clusters by application and by namespace. @public */
export interface HeldChanges {
  readonly applications: ReadonlyMap<string, readonly string[]>;
  readonly namespaces: ReadonlyMap<string, readonly string[]>;
}
