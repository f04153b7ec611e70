import { createHash } from 'node:crypto';
import { GitRepository, HistoryEntry, TRAILERS } from '../git';
import { BOT } from './bot';
import { Drift, ForeignCommit } from './Drift';
import { OWNED_FOLDERS, ownerOf, PathOwner } from './ownerOf';

/** What main's history says of who made it. @internal */
export interface MainAuthorship {
  /** By owner. */
  readonly drift: readonly Drift[];
  /** References of entities whose files are a person's that was adopted, and nothing of the entity's own since. */
  readonly adopted: ReadonlySet<string>;
}

/** All that was read of one owner's files. */
interface OwnerHistory {
  readonly owner: PathOwner;
  readonly foreign: ForeignCommit[];
  /** Commits that were adopted or discarded, or merged a change request. */
  readonly settled: Set<string>;
  adopted: boolean;
}

/**
 * Tells from the commits of main what people changed by hand there. Git alone knows: a commit is Res-Edge's own where
 * Res-Edge committed it, and only in the files of the entities that its trailers name; one that settles others, or says
 * that they merged a change request, names them in trailers.
 *
 * @internal
 */
export class MainHistory {
  #tip?: string;
  #owners = new Map<string, OwnerHistory>();

  private constructor(private readonly repository: GitRepository) {}

  static create(repository: GitRepository): MainHistory {
    return new MainHistory(repository);
  }

  /** Reads on from where it read last; all of it where history was rewritten. */
  async read(tip: string): Promise<MainAuthorship> {
    if (this.#tip !== tip) {
      const known = this.#tip;
      const follows =
        known !== undefined &&
        (await this.repository.mergeBase(known, tip)) === known;
      const entries = await this.repository.history(tip, {
        from: follows ? known : undefined,
        paths: OWNED_FOLDERS,
      });
      if (!follows) this.#owners = new Map();
      this.#tip = tip;
      for (const entry of entries) this.add(entry);
    }
    const owners = [...this.#owners.values()];
    return {
      drift: owners
        .map(driftOf)
        .filter((drift): drift is Drift => drift !== undefined)
        .sort((a, b) => (a.ref < b.ref ? -1 : 1)),
      adopted: new Set(
        owners.filter(({ adopted }) => adopted).map(({ owner }) => owner.ref),
      ),
    };
  }

  private add(entry: HistoryEntry): void {
    const own = entry.committer.email === BOT.email;
    const intents = own ? entry.trailers.get(TRAILERS.intent) ?? [] : [];
    const adopted = entry.trailers.get(TRAILERS.adopted) ?? [];
    const settled = [
      ...adopted,
      ...(entry.trailers.get(TRAILERS.discarded) ?? []),
      ...(entry.trailers.get(TRAILERS.merged) ?? []),
    ];
    if (own) {
      // What settles derived files has no intent.
      for (const ref of intents.length > 0 ? intents : ['']) {
        const history = this.#owners.get(ref);
        if (!history) continue;
        for (const commit of settled) history.settled.add(commit);
        history.adopted = adopted.length > 0;
      }
    }
    const foreign = new Map<string, { owner: PathOwner; paths: string[] }>();
    for (const path of entry.paths) {
      const owner = ownerOf(path);
      if (!owner) continue;
      if (own && (owner.ref === '' || intents.includes(owner.ref))) continue;
      const known = foreign.get(owner.ref);
      if (known) known.paths.push(path);
      else foreign.set(owner.ref, { owner, paths: [path] });
    }
    for (const { owner, paths } of foreign.values()) {
      this.historyOf(owner).foreign.push({
        commit: entry.commit,
        parents: entry.parents,
        author: entry.author.name,
        date: entry.date,
        subject: entry.subject,
        paths,
      });
    }
  }

  private historyOf(owner: PathOwner): OwnerHistory {
    let history = this.#owners.get(owner.ref);
    if (!history) {
      history = { owner, foreign: [], settled: new Set(), adopted: false };
      this.#owners.set(owner.ref, history);
    }
    return history;
  }
}

function driftOf({ owner, foreign, settled }: OwnerHistory): Drift | undefined {
  const commits = foreign.filter(({ commit }) => !settled.has(commit));
  if (commits.length === 0) return undefined;
  const hash = createHash('sha256');
  for (const { commit } of commits) hash.update(`${commit}\n`);
  return {
    ...owner,
    commits,
    base: commits[0].parents[0],
    paths: [...new Set(commits.flatMap(({ paths }) => paths))].sort(),
    digest: hash.digest('hex').slice(0, 16),
  };
}
