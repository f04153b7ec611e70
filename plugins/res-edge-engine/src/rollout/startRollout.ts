import { Rollout } from './Rollout';

/** A rollout whose release the first ring has on main, or is about to get. @public */
export function startRollout(options: {
  readonly application: string;
  readonly release: string;
  readonly version: string;
  /** What each ring has now, in order. */
  readonly rings: ReadonlyMap<string, string | undefined>;
  /** What rings had that have the release already. */
  readonly before?: ReadonlyMap<string, string | undefined>;
  /** The clock. */
  readonly now: Date;
}): Rollout {
  const { application, release, version, rings, before } = options;
  const since = options.now.toISOString();
  return {
    ...{ application, release, version, since },
    phase: 'running',
    rings: [...rings].map(([name, reached]) => {
      const had = reached === release ? before?.get(name) : reached;
      return {
        name,
        phase: 'waiting',
        since,
        ...(had !== undefined && had !== release && { before: had }),
      };
    }),
  };
}
