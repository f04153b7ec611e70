import { LoggerService } from '@backstage/backend-plugin-api';
import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { GitError, GitRemote, GitRepository } from '../git';
import { eachOf } from './eachOf';

const BRANCHES = 'delivery/';
/** How many are pushed at the same time. */
const PARALLEL = 4;
/** So many in a row mean that the server is not there, or lets nobody in. */
const HOPELESS = 5;

/**
 * Copies each delivery branch to a repository of its shard's own, for clusters that shall be able to read no other shard.
 * What a repository has is known by what this process pushed; the first push after a start finds that nothing is to do.
 *
 * @internal
 */
export class ShardRepositories {
  /** By branch. */
  readonly #pushed = new Map<string, string>();

  private constructor(
    private readonly options: {
      readonly repository: Pick<GitRepository, 'folder' | 'branches'>;
      readonly remoteOf: (shard: string) => Pick<GitRemote, 'replace'>;
      readonly logger: LoggerService;
    },
  ) {}

  static create(options: ShardRepositories['options']): ShardRepositories {
    return new ShardRepositories(options);
  }

  /**
   * Brings all to what is delivered; one that cannot be written keeps back no other.
   *
   * @param beforePush - throws where another replica writes by now: an older commit must not replace a newer one
   * @returns what does not work; the next run tries again
   */
  async push(beforePush: () => Promise<void>): Promise<Problem[]> {
    const { repository, remoteOf, logger } = this.options;
    const branches = await repository.branches(BRANCHES);
    const behind = [...branches].filter(
      ([branch, commit]) => this.#pushed.get(branch) !== commit,
    );
    const failed: string[] = [];
    let row = 0;
    await eachOf(behind, PARALLEL, async ([branch, commit]) => {
      if (row >= HOPELESS) return;
      const shard = branch.slice(BRANCHES.length);
      await beforePush();
      try {
        await remoteOf(shard).replace(
          repository.folder,
          new Map([[branch, commit]]),
        );
        this.#pushed.set(branch, commit);
        row = 0;
      } catch (error) {
        if (!(error instanceof GitError)) throw error;
        logger.warn(
          `Shard ${shard} is not in its repository: ${error.message}`,
        );
        failed.push(`${shard}: ${error.message}`);
        row++;
      }
    });
    if (failed.length === 0) return [];
    const rest = row >= HOPELESS ? ', and the rest was not tried' : '';
    const more =
      failed.length > 1 ? ` (and ${failed.length - 1} more${rest})` : '';
    return [
      {
        entity: '',
        field: 'resEdge.delivery.shardRepositories',
        message: `What is delivered does not reach the repository of shard ${failed[0]}${more}`,
      },
    ];
  }
}
