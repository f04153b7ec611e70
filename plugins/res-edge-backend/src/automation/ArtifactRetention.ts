import { LoggerService } from '@backstage/backend-plugin-api';
import { ArtifactStore, ExpiredManifest } from '../database';
import { ArtifactRemover, RegistryError } from '../oci';
import { eachOf } from './eachOf';

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;
/** So many manifests are read together. */
const BATCH = 64;
/** So many at most by one pass: who pushes waits meanwhile. */
const MAX_MANIFESTS = 1_000;
/** So many repositories in a row that fail end the round. */
const HOPELESS = 20;

/** What a pass may do. @internal */
export interface RetentionPass {
  /** The repositories to which something is delivered. */
  readonly wanted: ReadonlySet<string>;
  /** Throws where this process may not write any more. */
  readonly beforeRemove: () => Promise<void>;
  /** Whether something is more urgent. */
  readonly isOver: () => boolean;
}

/** A look at all that is old, by one pass or several. */
interface Round {
  after?: ExpiredManifest;
  removed: number;
  /** In a row. */
  failures: number;
}

/**
 * Gives artifacts of old revisions an end: what was replaced, or whose repository was left, for the retention time, and what no tag
 * of others names, is deleted in the registry. That is only what was noted as pushed, and never what clusters follow.
 *
 * @internal
 */
export class ArtifactRetention {
  #round?: Round;
  #nextAt = 0;
  #refused = false;

  private constructor(
    private readonly options: {
      readonly store: ArtifactStore;
      readonly remover: Pick<ArtifactRemover, 'named' | 'remove'>;
      /** How long what is old stays, in milliseconds. */
      readonly retention: number;
      /** How many repositories are looked at at the same time. */
      readonly concurrency: number;
      readonly logger: LoggerService;
      readonly now?: () => Date;
    },
  ) {}

  static create(options: ArtifactRetention['options']): ArtifactRetention {
    return new ArtifactRetention(options);
  }

  /**
   * Goes on with what is to be deleted; each day all is looked at once.
   *
   * @returns repositories where what is newest was deleted, too
   */
  async expire(pass: RetentionPass): Promise<ReadonlySet<string>> {
    const { store, logger, now = () => new Date() } = this.options;
    const emptied = new Set<string>();
    const time = now();
    if (!this.#round) {
      if (time.getTime() < this.#nextAt) return emptied;
      this.#nextAt = time.getTime() + DAY_MILLISECONDS;
      await store.noteWanted(pass.wanted, time);
      this.#round = { removed: 0, failures: 0 };
    }
    const round = this.#round;
    const until = new Date(time.getTime() - this.options.retention);
    for (let seen = 0; seen < MAX_MANIFESTS && !pass.isOver(); ) {
      const limit = Math.min(BATCH, MAX_MANIFESTS - seen);
      const old = await store.expired(until, { limit, after: round.after });
      await this.removeAll(old, round, pass, emptied);
      seen += old.length;
      round.after = old.at(-1);
      if (old.length < limit || round.failures >= HOPELESS) {
        this.#round = undefined;
        if (round.removed > 0)
          logger.info(`Deleted ${round.removed} artifacts of old revisions`);
        break;
      }
    }
    return emptied;
  }

  private async removeAll(
    old: readonly ExpiredManifest[],
    round: Round,
    pass: RetentionPass,
    emptied: Set<string>,
  ): Promise<void> {
    const repositories = new Set(old.map(({ repository }) => repository));
    await eachOf(repositories, this.options.concurrency, async repository => {
      if (round.failures >= HOPELESS) return;
      const manifests = old.filter(found => found.repository === repository);
      const isLeft =
        !pass.wanted.has(repository) && manifests.some(found => found.isLeft);
      try {
        round.removed += await this.remove(manifests, isLeft, pass);
        round.failures = 0;
        if (isLeft) emptied.add(repository);
      } catch (error) {
        if (!(error instanceof RegistryError)) throw error;
        this.tell(repository, error, round);
      }
    });
  }

  /** Of one repository. */
  private async remove(
    manifests: readonly ExpiredManifest[],
    isLeft: boolean,
    { beforeRemove }: RetentionPass,
  ): Promise<number> {
    const { store, remover } = this.options;
    const [{ repository }] = manifests;
    const own = await store.tags(repository);
    const named = await remover.named(repository, own, { isLeft });
    const unnamed = manifests.filter(({ digest }) => !named.has(digest));
    for (const manifest of unnamed) {
      await beforeRemove();
      await remover.remove(repository, manifest.digest);
      await store.forget(manifest);
    }
    return unnamed.length;
  }

  private tell(repository: string, error: RegistryError, round: Round): void {
    const { logger } = this.options;
    if (!error.isRefusal()) {
      round.failures++;
      logger.warn(
        `Old artifacts of ${repository} could not be deleted: ${error.message}`,
      );
      return;
    }
    // What it does not let be done here, it does not anywhere.
    round.failures = HOPELESS;
    if (this.#refused) return;
    this.#refused = true;
    logger.warn(
      `The registry does not let artifacts of old revisions be deleted, so that they stay: ${error.message}`,
    );
  }
}
