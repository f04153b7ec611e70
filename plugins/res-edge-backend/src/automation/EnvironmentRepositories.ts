import { LoggerService } from '@backstage/backend-plugin-api';
import {
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  Bitmap,
  EnvironmentMain,
  EnvironmentShards,
  FileChange,
  Plan,
  SHARD_PREFIX,
  shardPrefixOf,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { commitMessage, GitError, GitRepository } from '../git';
import { EnvironmentRepository } from '../target';
import { BOT } from './bot';
import { MAIN, MainState } from './MainBranch';

/** The main of each environment, in the repository that holds all. */
const BRANCHES = 'environment/';
const DELIVERY = 'delivery/';
const KEY = 'resEdge.delivery.environmentRepositories';
/** More names nobody reads. */
const MAX_NAMES = 5;

/** What environments follow from. @internal */
export interface EnvironmentState {
  readonly main: Pick<MainState, 'commit' | 'files' | 'decisions' | 'shards'>;
  readonly plan: Plan;
}

/**
 * Gives each environment a repository of its own: a `main` with what concerns its clusters, and the delivery branches of
 * their shards. Both follow from the repository that holds all, where people decide; a version comes to an environment with
 * the first ring that has a cluster there, as the very bytes that were captured.
 *
 * What a repository has is asked of its server each time, so that one that was lost is whole again after the next run.
 *
 * @internal
 */
export class EnvironmentRepositories implements EnvironmentShards {
  /** By name of the environment. */
  readonly #mains = new Map<string, EnvironmentMain>();

  private constructor(
    private readonly options: {
      readonly repository: Pick<
        GitRepository,
        'folder' | 'branches' | 'resolve' | 'list' | 'commit'
      >;
      readonly environments: readonly EnvironmentRepository[];
      readonly logger: LoggerService;
    },
  ) {}

  static create(
    options: EnvironmentRepositories['options'],
  ): EnvironmentRepositories {
    return new EnvironmentRepositories(options);
  }

  prefixOf(environment?: string): string {
    return this.repositoryOf(environment)?.name ?? SHARD_PREFIX;
  }

  movesClusters(environment?: string): boolean {
    return this.repositoryOf(environment)?.moveClusters ?? false;
  }

  private repositoryOf(environment = '') {
    return this.options.environments.find(({ environments }) =>
      environments.includes(environment),
    );
  }

  /**
   * Brings all to what was decided and delivered; one that cannot be written keeps back no other.
   *
   * @param beforeWrite - throws where another replica writes by now
   * @returns what does not work; the next run tries again
   */
  async update(
    state: EnvironmentState,
    beforeWrite: () => Promise<void>,
  ): Promise<Problem[]> {
    const problems = this.strangers(state);
    for (const environment of this.options.environments) {
      await beforeWrite();
      await this.record(environment, state);
      await beforeWrite();
      problems.push(...(await this.push(environment)));
    }
    return problems;
  }

  /** Writes the environment's main, in the repository that holds all. */
  private async record(
    { name }: EnvironmentRepository,
    { main, plan }: EnvironmentState,
  ): Promise<void> {
    const { repository } = this.options;
    const branch = `${BRANCHES}${name}`;
    const shards = new Set(
      [...main.shards.values()].filter(shard => shardPrefixOf(shard) === name),
    );
    const clusters = Bitmap.empty(plan.snapshot.size);
    for (const [cluster, shard] of main.shards) {
      const number = plan.snapshot.numberOf(cluster);
      if (number !== undefined && shards.has(shard)) clusters.add(number);
    }
    const parent = await repository.resolve(branch);
    const entries = parent === undefined ? [] : await repository.list(parent);
    const own = this.#mains.get(name) ?? EnvironmentMain.create();
    this.#mains.set(name, own);
    const changes = own.changes({
      ...{ files: main.files, decisions: main.decisions },
      ...{ plan, clusters, shards },
      known: new Map(entries.map(({ path, hash }) => [path, hash])),
    });
    if (changes.length === 0) return;
    await repository.commit({
      ...{ branch, parent, changes, author: BOT },
      message: commitMessage({
        ...textOf(changes),
        trailers: { Main: main.commit },
      }),
    });
  }

  private async push(environment: EnvironmentRepository): Promise<Problem[]> {
    const { repository, logger } = this.options;
    const { name, remote } = environment;
    const wanted = new Map<string, string>();
    const main = await repository.resolve(`${BRANCHES}${name}`);
    if (main !== undefined) wanted.set(MAIN, main);
    for (const [branch, commit] of await repository.branches(
      `${DELIVERY}${name}-`,
    )) {
      if (shardPrefixOf(branch.slice(DELIVERY.length)) === name)
        wanted.set(branch, commit);
    }
    const field = `${KEY}.${name}`;
    try {
      const found = await remote.branches(repository.folder);
      const behind = new Map(
        [...wanted].filter(([branch, commit]) => found.get(branch) !== commit),
      );
      const problems: Problem[] = [];
      for (const branch of behind.keys()) {
        const commit = found.get(branch);
        // What Res-Edge wrote is here, also what was begun anew since.
        if (commit === undefined || (await repository.resolve(commit)))
          continue;
        const message = `Commit ${commit.slice(
          0,
          12,
        )} on '${branch}' of the repository of environment '${name}' is not of Res-Edge, which alone writes there; it is replaced`;
        logger.warn(message);
        problems.push({ entity: '', field, message });
      }
      if (behind.size > 0) await remote.replace(repository.folder, behind);
      return problems;
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      const message = `The repository of environment '${name}' does not get what was decided and delivered: ${error.message}`;
      logger.warn(message);
      return [{ entity: '', field, message }];
    }
  }

  /** Clusters whose shard, which they keep, is not of their environment. */
  private strangers({ main, plan: { snapshot } }: EnvironmentState): Problem[] {
    const found = new Map<string, string[]>();
    for (const [cluster, shard] of main.shards) {
      const number = snapshot.numberOf(cluster);
      if (number === undefined) continue;
      const { environment } = snapshot.clusters[number].spec;
      const wanted = this.prefixOf(environment);
      const has = this.options.environments.some(
        ({ name }) => name === shardPrefixOf(shard),
      )
        ? shardPrefixOf(shard)
        : SHARD_PREFIX;
      if (wanted === has) continue;
      const key = `${has}\0${wanted}`;
      const names = found.get(key);
      if (names) names.push(cluster);
      else found.set(key, [cluster]);
    }
    return [...found].map(([key, names]) => {
      const [has, wanted] = key.split('\0').map(repositoryWords);
      const shown = names.slice(0, MAX_NAMES).join(', ');
      const more = names.length > MAX_NAMES ? ', …' : '';
      return {
        entity: names.length === 1 ? entityRefOf('EdgeCluster', names[0]) : '',
        field: 'spec.environment',
        message: `${names.length} cluster${
          names.length === 1 ? '' : 's'
        } (${shown}${more}) belong to ${wanted} and stay in ${has}: a cluster keeps the shard that stands in its bootstrap, unless 'moveClusters' says otherwise`,
      };
    });
  }
}

function repositoryWords(prefix: string): string {
  return prefix === SHARD_PREFIX
    ? 'the repository of resEdge.git'
    : `the repository of '${prefix}'`;
}

const WORDS = new Map([
  ['apps', 'application'],
  ['namespaces', 'namespace'],
  ['groups', 'group'],
  ['policies', 'policy'],
]);

/** Which decisions come, change or go. */
function textOf(changes: readonly FileChange[]) {
  const decisions = new Set<string>();
  for (const { path } of changes) {
    const [folder, entity] = path.replace(/\.yaml$/, '').split('/');
    const word = WORDS.get(folder);
    if (word) decisions.add(`${word} ${entity}`);
  }
  const [first, ...more] = [...decisions].sort();
  if (first === undefined) return { subject: 'Record shards' };
  return more.length === 0
    ? { subject: `Take over ${first}` }
    : {
        subject: `Take over ${decisions.size} decisions`,
        body: [first, ...more].join('\n'),
      };
}
