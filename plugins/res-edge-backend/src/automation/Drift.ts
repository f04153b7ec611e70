import {
  Drift as ApiDrift,
  DecidedKind,
} from '@res-edge/backstage-plugin-res-edge-common';

/** A commit on main that neither the automation made nor a change request brought. @internal */
export interface ForeignCommit {
  readonly commit: string;
  readonly parents: readonly string[];
  readonly author: string;
  readonly date: Date;
  readonly subject: string;
  /** The files of this owner alone. */
  readonly paths: readonly string[];
}

/**
 * What people changed by hand in the files of one owner on main, and nobody has adopted or discarded yet. It holds these
 * files: nothing else is merged over them.
 *
 * @internal
 */
export interface Drift {
  /** Undefined for the files that the automation alone derives. */
  readonly entity?: { readonly kind: DecidedKind; readonly name: string };
  /** Reference of the entity; empty where there is none. */
  readonly ref: string;
  /** The oldest first; one at least. */
  readonly commits: readonly ForeignCommit[];
  /** The commit before the first of them; undefined where that began the history. */
  readonly base?: string;
  /** All files of these commits, sorted. */
  readonly paths: readonly string[];
  /** Of the commits: what a decision about them binds to. */
  readonly digest: string;
}

/** Who changed what, in one sentence. @internal */
export function describeDrift({ commits, paths }: Drift): string {
  const { author, commit, date } = commits[commits.length - 1];
  const more = paths.length > 1 ? ` and ${paths.length - 1} more` : '';
  return `${JSON.stringify(author)} changed ${
    paths[0]
  }${more} by hand on main (commit ${commit.slice(
    0,
    12,
  )}, ${date.toISOString()})`;
}

/** As the API shows it; undefined for the files that the automation alone derives. @internal */
export function toApiDrift(
  { entity, ref, digest, commits, paths }: Drift,
  broken: ReadonlySet<string>,
): ApiDrift | undefined {
  if (!entity) return undefined;
  return {
    ...entity,
    entity: ref,
    digest,
    commits: commits.map(({ commit, author, date, subject }) => ({
      commit,
      author,
      date: date.toISOString(),
      subject,
    })),
    paths: [...paths],
    readable: !broken.has(ref),
  };
}
