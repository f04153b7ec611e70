import { Problem } from '@res-edge/backstage-plugin-res-edge-common';

/** A problem as it is kept. @internal */
export interface StoredProblem extends Problem {
  /** Who found it, such as `catalog`. */
  readonly source: string;
  /** When it was last found, in ISO 8601. */
  readonly at: string;
}

/**
 * What is registered somewhere and has no effect, or not all: what the inventory itself cannot say, because it is not
 * there. Whoever finds problems is a source, and replaces its own.
 *
 * @internal
 */
export interface RegistrationProblemStore {
  /** Makes the problems of a source exactly these; says whether that changed anything but the time. */
  replace(source: string, problems: readonly Problem[]): Promise<boolean>;

  /** Lets go what these sources found; says whether there was anything. */
  remove(sources: readonly string[]): Promise<boolean>;

  /** What all of them found, in the order of entities. */
  problems(): Promise<Problem[]>;

  /** The same, with who found it and when. */
  list(): Promise<StoredProblem[]>;
}
