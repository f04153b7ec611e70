import { ConflictError } from '@backstage/errors';
import { ChangeRequest } from '@res-edge/backstage-plugin-res-edge-common';
import { ChangeRequestStore, StoredChangeRequest } from '../database';
import { commitMessage, GitRepository, TRAILERS } from '../git';
import { toChangeRequest } from '../service/operations';
import { BOT, personOf } from './bot';
import { MAIN } from './MainBranch';

/**
 * Merges change requests, and notices which ones others merged.
 *
 * @internal
 */
export class Merges {
  private constructor(
    private readonly repository: GitRepository,
    private readonly store: ChangeRequestStore,
  ) {}

  static create(options: {
    repository: GitRepository;
    store: ChangeRequestStore;
  }): Merges {
    return new Merges(options.repository, options.store);
  }

  /**
   * Notes which open ones main holds by now: merged elsewhere, or just before this process ended.
   *
   * @returns which, and who merged them
   */
  async note(now: Date): Promise<{ id: string; mergedBy: string }[]> {
    const main = await this.repository.resolve(MAIN);
    const noted = [];
    for (const request of await this.store.listOpen()) {
      const { id, headCommit } = request;
      const mergeCommit =
        main && headCommit && (await this.repository.mergeOf(headCommit, main));
      if (!mergeCommit) continue;
      const [{ author, date, trailers }] = await this.repository.log(
        mergeCommit,
        { limit: 1 },
      );
      const mergedBy = trailers.get(TRAILERS.approvedBy)?.[0] ?? author.name;
      await this.store.transition(
        id,
        { state: 'open' },
        {
          state: 'merged',
          updatedAt: now.toISOString(),
          mergedAt: date.toISOString(),
          mergedBy,
          mergeCommit,
        },
      );
      await dropBranch(this.repository, request);
      noted.push({ id, mergedBy });
    }
    return noted;
  }

  /**
   * Merges what was read.
   *
   * @param digest - of the decision that the person has read
   * @param held - references of entities that somebody changed by hand
   * @throws ConflictError where it changed meanwhile, is not open, is blocked or held, or does not merge
   */
  async merge(
    id: string,
    digest: string,
    actor: string,
    { now, held }: { now: Date; held: ReadonlySet<string> },
  ): Promise<ChangeRequest> {
    const request = await this.store.get(id);
    if (request.state !== 'open')
      throw new ConflictError(
        `Change request '${id}' is ${request.state} already`,
      );
    if (request.digest !== digest) {
      throw new ConflictError(
        `Change request '${id}' changed meanwhile: read it again, then merge what it says now`,
      );
    }
    if (held.has(request.intent))
      throw new ConflictError(
        `Change request '${id}' cannot be merged: somebody changed ${request.intent} by hand on main; adopt or discard that first`,
      );
    if (request.blocked)
      throw new ConflictError(
        `Change request '${id}' cannot be merged: ${request.blocked}`,
      );
    const mergeCommit = await this.repository.merge({
      branch: request.branch,
      into: MAIN,
      expected: { branch: request.headCommit },
      author: personOf(actor),
      committer: BOT,
      date: now,
      message: commitMessage({
        subject: request.title,
        trailers: {
          [TRAILERS.intent]: request.intent,
          [TRAILERS.plan]: request.planId,
          [TRAILERS.requestedBy]: request.requestedBy,
          [TRAILERS.approvedBy]: actor,
        },
      }),
    });
    const at = now.toISOString();
    const merged = await this.store.transition(
      id,
      { state: 'open', digest },
      {
        state: 'merged',
        updatedAt: at,
        mergedAt: at,
        mergedBy: actor,
        mergeCommit,
      },
    );
    await dropBranch(this.repository, request);
    return toChangeRequest(merged);
  }
}

/** A branch that others moved stays. @internal */
export async function dropBranch(
  repository: GitRepository,
  { branch, headCommit }: StoredChangeRequest,
): Promise<void> {
  const head = await repository.resolve(branch);
  if (head && head === headCommit) await repository.deleteBranch(branch, head);
}
