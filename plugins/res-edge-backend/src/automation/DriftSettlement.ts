import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  Drift as ApiDrift,
  DriftDetails,
  FileDiff,
} from '@res-edge/backstage-plugin-res-edge-common';
import { FileChange } from '@res-edge/backstage-plugin-res-edge-engine';
import { commitMessage, GitRepository, TRAILERS } from '../git';
import { DriftVerdict } from '../service/FleetView';
import { BOT, personOf } from './bot';
import { Drift, toApiDrift } from './Drift';
import { MAIN, MainState } from './MainBranch';

/**
 * Settles what people changed by hand on main. What is settled stands in Git alone: a commit that names the entity, the
 * commits that it settles, and who decided.
 *
 * @internal
 */
export class DriftSettlement {
  private constructor(private readonly repository: GitRepository) {}

  static create(repository: GitRepository): DriftSettlement {
    return new DriftSettlement(repository);
  }

  /** What people changed by hand, and nobody has settled yet. */
  list({ drift, broken }: MainState): ApiDrift[] {
    return drift.flatMap(each => toApiDrift(each, broken) ?? []);
  }

  /** @throws NotFoundError where nothing is changed by hand of that entity */
  async get(main: MainState, ref: string): Promise<DriftDetails> {
    const drift = driftOf(main, ref);
    const files = await this.files(main, drift);
    return { ...toApiDrift(drift, main.broken)!, files };
  }

  /** What differs from before the change by hand, in the files that it touched. */
  async files(main: MainState, drift: Drift): Promise<FileDiff[]> {
    const touched = new Set(drift.paths);
    const files = await this.repository.diff(drift.base, main.commit, {
      paths: [...new Set(drift.paths.map(folderOf))],
    });
    return files.filter(({ path }) => touched.has(path));
  }

  /**
   * Commits what a person decided.
   *
   * @throws NotFoundError where nothing is changed by hand there
   * @throws ConflictError where something else is by now, or what is adopted cannot be read
   */
  async settle(
    main: MainState,
    verdict: DriftVerdict,
    now: Date,
  ): Promise<void> {
    const drift = driftOf(main, verdict.ref);
    if (drift.digest !== verdict.digest) {
      throw new ConflictError(
        `More was changed by hand meanwhile: read '${verdict.ref}' again, then decide about what it says now`,
      );
    }
    if (verdict.decision === 'adopt' && main.broken.has(drift.ref)) {
      const problem = main.problems.find(({ entity }) => entity === drift.ref);
      throw new ConflictError(
        `What is changed by hand cannot be adopted, for it cannot be read: ${problem?.message}`,
      );
    }
    await this.commit(main, drift, verdict.decision, {
      author: verdict.actor,
      reason: verdict.reason,
      now,
    });
  }

  /**
   * Settles what needs nobody: a change of files that the automation alone derives is taken back, and of what was taken
   * back by hand already nothing is left.
   *
   * @returns whether it committed; then main has to be read again
   */
  async settleAlone(
    main: MainState,
    now: Date,
    beforeCommit: () => Promise<void>,
  ): Promise<boolean> {
    for (const drift of main.drift) {
      const nothing = (await this.files(main, drift)).length === 0;
      if (drift.entity && !nothing) continue;
      // Where a person's commit began the history there is nothing to go back to.
      const decision = nothing || !drift.base ? 'adopt' : 'discard';
      await beforeCommit();
      await this.commit(main, drift, decision, { now });
      return true;
    }
    return false;
  }

  private async commit(
    main: MainState,
    drift: Drift,
    decision: DriftVerdict['decision'],
    by: { author?: string; reason?: string; now: Date },
  ): Promise<void> {
    const [trailer, verb] =
      decision === 'adopt'
        ? [TRAILERS.adopted, 'Adopt']
        : [TRAILERS.discarded, 'Discard'];
    const name = drift.entity
      ? `${drift.entity.kind.slice('Edge'.length).toLowerCase()} ${
          drift.entity.name
        }`
      : 'derived files';
    await this.repository.commit({
      branch: MAIN,
      parent: main.commit,
      author: by.author === undefined ? BOT : personOf(by.author),
      committer: BOT,
      date: by.now,
      message: commitMessage({
        subject: `${verb} what was changed by hand of ${name}`,
        body: by.reason,
        trailers: {
          [TRAILERS.intent]: drift.ref,
          [trailer]: drift.commits.map(({ commit }) => commit),
          [TRAILERS.approvedBy]: by.author,
        },
      }),
      changes: decision === 'adopt' ? [] : await this.restoration(drift),
      allowEmpty: true,
    });
  }

  private async restoration({ base, paths }: Drift): Promise<FileChange[]> {
    const before =
      base === undefined
        ? new Map<string, Buffer>()
        : await this.repository.read(base, paths);
    return paths.map(path => ({ path, content: before.get(path) }));
  }
}

/** @throws NotFoundError where nothing is changed by hand there @internal */
function driftOf(main: MainState, ref: string): Drift {
  const drift = main.drift.find(each => each.entity && each.ref === ref);
  if (!drift)
    throw new NotFoundError(`Nothing is changed by hand on main of '${ref}'`);
  return drift;
}

/** The first two segments of a path: the folder of an entity. */
function folderOf(path: string): string {
  return path.split('/').slice(0, 2).join('/');
}
