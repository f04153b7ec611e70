import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import {
  Decisions,
  DerivedFiles,
  EnvironmentShards,
  FileChange,
  FileMap,
  Plan,
  renderLayoutFile,
  ShardReader,
} from '@res-edge/backstage-plugin-res-edge-engine';
import {
  commitMessage,
  CommitMessageParts,
  GitRepository,
  TRAILERS,
  TreeReader,
} from '../git';
import { BOT } from './bot';
import { describeDrift } from './Drift';
import { Intent } from './Intent';
import { MainAuthorship, MainHistory } from './MainHistory';
import { originOf } from '../util/originOf';
import { readDecided } from './readDecided';

/** The branch that holds what people decide. @internal */
export const MAIN = 'main';

/** Main as it is at one commit. @internal */
export interface MainState extends MainAuthorship {
  readonly commit: string;
  /** What an entity that cannot be read since somebody changed it by hand was before, in its place. */
  readonly files: FileMap;
  readonly decisions: Decisions;
  /** The shard of each cluster. */
  readonly shards: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
  /** References of entities that cannot be read since somebody changed them by hand. */
  readonly broken: ReadonlySet<string>;
}

/**
 * Writes main by itself where no person has to, reads it, and keeps what it read for as long as the branch stays where it is.
 *
 * @internal
 */
export class MainBranch {
  #state?: MainState;

  readonly #history: MainHistory;
  readonly #shards = ShardReader.create();
  readonly #derived: DerivedFiles;

  private constructor(
    private readonly repository: GitRepository,
    private readonly reader: TreeReader,
    environments?: EnvironmentShards,
  ) {
    this.#derived = DerivedFiles.create(environments);
    this.#history = MainHistory.create(repository);
  }

  /** @param options - `environments`: where they have shards of their own */
  static create(options: {
    repository: GitRepository;
    environments?: EnvironmentShards;
  }): MainBranch {
    const { repository, environments } = options;
    const reader = TreeReader.create({ repository });
    return new MainBranch(repository, reader, environments);
  }

  /** Main as it is now. */
  async read(): Promise<MainState> {
    const commit = await this.repository.resolve(MAIN);
    if (!commit) throw new Error(`Branch '${MAIN}' does not exist`);
    if (this.#state?.commit === commit) return this.#state;
    const contents = await this.reader.readTree(commit, () => true);
    const { drift, adopted } = await this.#history.read(commit);
    const { files, decisions, problems, broken } = await readDecided(
      this.repository,
      new Map([...contents].map(([path, file]) => [path, file.content])),
      drift,
    );
    const shards = this.#shards.read(files);
    const held = drift.map(each => ({
      entity: each.ref,
      field: '',
      message: `${describeDrift(each)}; ${
        each.entity
          ? 'nothing else is merged over it until somebody adopts or discards it'
          : 'it is taken back'
      }`,
    }));
    this.#state = {
      commit,
      files,
      decisions,
      shards: shards.shards,
      problems: [...problems, ...shards.problems, ...held],
      drift,
      adopted,
      broken,
    };
    return this.#state;
  }

  /** Makes the first commit of a repository that is new. */
  async begin(): Promise<void> {
    if (await this.repository.resolve(MAIN)) return;
    await this.commit(
      undefined,
      'Begin the fleet',
      changesOf(renderLayoutFile()),
    );
  }

  /** Merges intents without change requests, in one commit: they were reviewed where they are registered. */
  async decide(state: MainState, intents: readonly Intent[]): Promise<void> {
    const titles = intents.map(intent => intent.title);
    const [subject, body] =
      titles.length === 1
        ? titles
        : [`Decide ${titles.length} registered changes`, titles.join('\n')];
    const changes = intents.flatMap(intent => intent.changes);
    await this.commit(state.commit, subject, changes, {
      body,
      trailers: {
        [TRAILERS.intent]: intents.map(intent => intent.ref),
        [TRAILERS.requestedBy]: [
          ...new Set(intents.map(({ location = '' }) => originOf(location))),
        ],
      },
    });
  }

  /**
   * What main has to change to hold what follows from plan and inventory: shards of clusters, and what selectors resolve
   * to.
   *
   * @param kept - clusters that are retired or no longer registered, and keep their folders
   */
  derivedChanges(
    state: MainState,
    plan: Plan,
    kept: ReadonlySet<string>,
  ): FileChange[] {
    return this.#derived.changes(state, plan, kept);
  }

  /** {@link MainBranch.derivedChanges} of a plan that is not to be written: nothing of it is kept for the next one. */
  foreseenChanges(
    state: Pick<MainState, 'files' | 'decisions' | 'shards'>,
    plan: Plan,
    kept: ReadonlySet<string>,
  ): FileChange[] {
    return this.#derived.fork().changes(state, plan, kept);
  }

  /** Writes what follows from decisions and inventory: shards, and what selectors resolve to. */
  async record(
    state: MainState,
    changes: readonly FileChange[],
  ): Promise<void> {
    await this.commit(state.commit, 'Record shards and targets', changes);
  }

  private async commit(
    parent: string | undefined,
    subject: string,
    changes: readonly FileChange[],
    more: Omit<CommitMessageParts, 'subject'> = {},
  ): Promise<void> {
    const message = commitMessage({ subject, ...more });
    await this.repository.commit({
      branch: MAIN,
      parent,
      author: BOT,
      message,
      changes,
    });
  }
}

function changesOf(files: FileMap): FileChange[] {
  return [...files].map(([path, content]) => ({ path, content }));
}

/** The files of main as they would be with these changes merged. @internal */
export function withChanges(
  files: FileMap,
  changes: readonly FileChange[],
): FileMap {
  const result = new Map(files);
  for (const { path, content } of changes) {
    if (content === undefined) result.delete(path);
    else result.set(path, content);
  }
  return result;
}
