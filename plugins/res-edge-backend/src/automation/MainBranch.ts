import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import {
  Decisions,
  FileChange,
  FileMap,
  readDecisions,
  readShards,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { GitRepository, TreeReader } from '../git';

/** The branch that holds what people decide. @internal */
export const MAIN = 'main';

/** Main as it is at one commit. @internal */
export interface MainState {
  readonly commit: string;
  readonly files: FileMap;
  readonly decisions: Decisions;
  /** The shard of each cluster. */
  readonly shards: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/**
 * Reads main and keeps what it read for as long as the branch stays where it is.
 *
 * @internal
 */
export class MainBranch {
  #state?: MainState;

  private constructor(
    private readonly repository: GitRepository,
    private readonly reader: TreeReader,
  ) {}

  static create(repository: GitRepository): MainBranch {
    return new MainBranch(repository, TreeReader.create({ repository }));
  }

  /** Main as it is now. */
  async read(): Promise<MainState> {
    const commit = await this.repository.resolve(MAIN);
    if (!commit) throw new Error(`Branch '${MAIN}' does not exist`);
    if (this.#state?.commit === commit) return this.#state;
    const contents = await this.reader.readTree(commit, () => true);
    const files = new Map(
      [...contents].map(([path, file]) => [path, file.content]),
    );
    const { decisions, problems } = readDecisions(files);
    const shards = readShards(files);
    this.#state = {
      commit,
      files,
      decisions,
      shards: shards.shards,
      problems: [...problems, ...shards.problems],
    };
    return this.#state;
  }
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
