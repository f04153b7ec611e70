import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { ArtifactStore, Lease, StateStore } from '../database';
import { GitRepository } from '../git';
import {
  Artifact,
  ArtifactOrigin,
  ArtifactPusher,
  UploadedArtifact,
} from '../oci';
import { ArtifactRetention } from './ArtifactRetention';
import { Delivery } from './Delivery';
import { DeliveryTip } from './DeliveryBranches';
import { eachOf } from './eachOf';
import { FailedArtifacts } from './FailedArtifacts';
import {
  artifactRepositories,
  ArtifactUnit,
  shardArtifacts,
} from './shardArtifacts';
import { Writer } from './Writer';

const LEASE = 'artifacts';
/** So many are looked at, and read from Git, together. */
const BATCH = 64;
/** After so long the registry is asked again for what it had. */
const MEMORY_MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * Pushes what delivery branches hold as OCI artifacts. It follows the branches, beside the runs that write them, so that
 * nobody waits for a registry. One replica pushes at a time. What is pushed is read from the registry: what one pass
 * leaves, whatever the reason, the next one does. What was pushed is noted, so that it has an end.
 *
 * @internal
 */
export class ArtifactDelivery {
  readonly #writer: Writer;
  /** What clusters get, by repository, as this process saw or pushed it: saves to ask again. */
  readonly #known = new Map<string, string>();
  /** By branch the commit of which all is pushed. */
  readonly #pushed = new Map<string, string>();
  #forgetAt = 0;
  /** Of the lease that this process had last. */
  #fencing = -1;
  #failed = FailedArtifacts.create();
  #onChange: () => Promise<void> = async () => {};
  #passes?: Promise<void>;
  #isAsked = false;
  #stopped = false;

  private constructor(
    private readonly options: {
      readonly repository: Pick<
        GitRepository,
        'fetch' | 'list' | 'log' | 'readBlobs'
      >;
      readonly delivery: Pick<Delivery, 'read' | 'tips'>;
      readonly pusher: Pick<ArtifactPusher, 'isPushed' | 'upload' | 'publish'>;
      readonly store: Pick<ArtifactStore, 'note'>;
      readonly retention: Pick<ArtifactRetention, 'expire'>;
      readonly per: ArtifactUnit;
      /** How many artifacts are pushed at the same time. */
      readonly concurrency: number;
      readonly state: StateStore;
      readonly logger: LoggerService;
      readonly leaseMilliseconds?: number;
      /** The Git repository of a shard as it is named in artifacts. */
      readonly urlOf?: (shard: string) => string | undefined;
      readonly now?: () => Date;
    },
  ) {
    this.#writer = Writer.create({ ...options, lease: LEASE });
  }

  static create(options: ArtifactDelivery['options']): ArtifactDelivery {
    return new ArtifactDelivery(options);
  }

  /** What the last pass could not push. */
  problems(): Problem[] {
    return this.#failed.problems();
  }

  /** Whom to tell where there are problems now, or no more. */
  onChange(listener: () => Promise<void>): void {
    this.#onChange = listener;
  }

  /** Branches may have moved: what they hold is pushed, after what is under way. */
  wake(): void {
    this.#isAsked = true;
    this.#passes ??= this.keepPushing().finally(() => {
      this.#passes = undefined;
    });
  }

  /** Waits for what is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#passes;
  }

  private async keepPushing(): Promise<void> {
    while (this.#isAsked && !this.#stopped) {
      this.#isAsked = false;
      try {
        await this.push();
      } catch (error) {
        this.options.logger.error(
          `Artifacts could not be pushed: ${stringifyError(error)}`,
        );
      }
    }
  }

  /**
   * Pushes what is not yet pushed, once.
   *
   * @returns how many artifacts were pushed
   * @throws ConflictError where another replica pushes
   */
  async push(): Promise<number> {
    const started = performance.now();
    const failed = FailedArtifacts.create();
    const pushed = await this.#writer.write(async lease => {
      await this.remember(lease);
      let sum = 0;
      for (const tip of await this.options.delivery.tips()) {
        if (this.#stopped || failed.isHopeless()) break;
        sum += await this.pushTip(tip, lease, failed);
      }
      if (!failed.isHopeless()) await this.expire(lease);
      return sum;
    });
    const changed = failed.isEmpty() !== this.#failed.isEmpty();
    this.#failed = failed;
    if (changed) await this.#onChange();
    if (pushed > 0) {
      const took = Math.round(performance.now() - started);
      this.options.logger.info(`Pushed ${pushed} artifacts in ${took} ms`);
    }
    return pushed;
  }

  /** Deletes what is old, until something is to be pushed again. */
  private async expire(lease: Lease): Promise<void> {
    const { delivery, per, retention, state } = this.options;
    const emptied = await retention.expire({
      wanted: artifactRepositories(await delivery.read(), per),
      beforeRemove: () => state.assertFencing(lease),
      isOver: () => this.#stopped || this.#isAsked,
    });
    for (const repository of emptied) this.#known.delete(repository);
  }

  /** Forgets what may be true no more: another replica pushed meanwhile, or somebody else may have. */
  private async remember({ fencing }: Lease): Promise<void> {
    const now = this.now().getTime();
    const isAlone = fencing === this.#fencing + 1;
    // What the other one pushed may be newer than the copy of Git here: no tag goes back to that.
    if (!isAlone) await this.options.repository.fetch();
    if (!isAlone || now >= this.#forgetAt) {
      this.#known.clear();
      this.#pushed.clear();
      this.#forgetAt = now + MEMORY_MILLISECONDS;
    }
    this.#fencing = fencing;
  }

  private now(): Date {
    return this.options.now?.() ?? new Date();
  }

  private async pushTip(
    { branch, commit, delivered }: DeliveryTip,
    lease: Lease,
    failed: FailedArtifacts,
  ): Promise<number> {
    if (this.#pushed.get(branch) === commit) return 0;
    const { repository, per, urlOf } = this.options;
    const entries = await repository.list(commit);
    const [{ date }] = await repository.log(commit, { limit: 1 });
    const origin = {
      ...{ branch, commit, date },
      url: urlOf?.(delivered.shard),
    };
    const revisions = new Map<string, Buffer>();
    const before = failed.count();
    let sum = 0;
    let batch: Artifact[] = [];
    const pushBatch = async () => {
      const missing = await this.missingOf(batch, failed);
      sum += await this.pushAll(missing, origin, revisions, lease, failed);
      batch = [];
    };
    for (const artifact of shardArtifacts(delivered, entries, per)) {
      if (this.#known.get(artifact.repository) === artifact.content) continue;
      if (this.#stopped || failed.isHopeless()) return sum;
      batch.push(artifact);
      if (batch.length === BATCH) await pushBatch();
    }
    await pushBatch();
    if (failed.count() === before) this.#pushed.set(branch, commit);
    return sum;
  }

  private async missingOf(
    artifacts: readonly Artifact[],
    failed: FailedArtifacts,
  ): Promise<Artifact[]> {
    const missing: Artifact[] = [];
    await eachOf(artifacts, this.options.concurrency, async artifact => {
      const { repository, content } = artifact;
      await failed.try(repository, async () => {
        const isPushed = await this.options.pusher.isPushed(artifact);
        if (isPushed) this.#known.set(repository, content);
        else missing.push(artifact);
      });
    });
    return missing;
  }

  /** @param revisions - contents that clusters of the shard share, by their hashes */
  private async pushAll(
    artifacts: readonly Artifact[],
    origin: ArtifactOrigin,
    revisions: Map<string, Buffer>,
    lease: Lease,
    failed: FailedArtifacts,
  ): Promise<number> {
    const { repository: git, concurrency, pusher, state, store } = this.options;
    const hashes = artifacts
      .flatMap(({ files }) => files.map(({ hash }) => hash))
      .filter(hash => !revisions.has(hash));
    const read = await git.readBlobs(hashes);
    const uploaded = new Map<Artifact, UploadedArtifact>();
    await eachOf(artifacts, concurrency, async artifact => {
      const files = new Map<string, Buffer>();
      for (const { path, hash } of artifact.files) {
        const file = (revisions.get(hash) ?? read.get(hash))!;
        files.set(path, file);
        if (!path.startsWith('clusters/')) revisions.set(hash, file);
      }
      await failed.try(artifact.repository, async () => {
        uploaded.set(artifact, await pusher.upload(artifact, files, origin));
      });
    });
    const mayMove = () => state.assertFencing(lease);
    await mayMove();
    // Before the registry has them: what is noted is known, whatever happens then.
    await store.note([...uploaded.values()], this.now());
    let sum = 0;
    await eachOf(uploaded, concurrency, async ([artifact, manifest]) => {
      const { repository, content } = artifact;
      await failed.try(repository, async () => {
        await pusher.publish(manifest, mayMove);
        this.#known.set(repository, content);
        sum++;
      });
    });
    return sum;
  }
}
