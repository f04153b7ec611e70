import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { JsonObject } from '@backstage/types';
import {
  EdgeEntity,
  isEdgeEntity,
  validateEdgeEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { KustomizeBuilder } from '@res-edge/backstage-plugin-res-edge-node';
import { Knex } from 'knex';
import fs from 'node:fs/promises';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import {
  DatabaseApprovalStore,
  DatabaseAuditLog,
  DatabaseChangeRequestStore,
  DatabaseGuardStore,
  DatabaseInventoryStore,
  DatabasePlanStore,
  DatabaseRolloutStore,
  DatabaseSourcePollStore,
  DatabaseSourceStore,
  DatabaseStateStore,
} from '../../database';
import { GitRemote, GitRepository, Remote } from '../../git';
import { Notifier } from '../../notifications';
import { ArtifactReader, ChartReader, SourceHosts } from '../../sources';
import { EnvironmentRepository, OpenTarget } from '../../target';
import { Approvals } from '../Approvals';
import { Automation } from '../Automation';
import { ChangeRequests } from '../ChangeRequests';
import { Delivery } from '../Delivery';
import { FormerContent } from '../FormerContent';
import { DeliveryRetention } from '../DeliveryRetention';
import { DirectRules } from '../DirectRules';
import { RolloutReports } from '../createRolloutWorld';
import { createSlices } from '../createSlices';
import { EnvironmentRepositories } from '../EnvironmentRepositories';
import { Guards } from '../Guards';
import { RolloutNews } from '../RolloutNews';
import { Rollouts } from '../Rollouts';
import { Findings } from '../Findings';
import { GitSourceReader } from '../GitSourceReader';
import { ShardRepositories } from '../ShardRepositories';
import { SourceReader } from '../SourceReader';

/** A portal's automation over a folder of YAML: real git, real kustomize, a real database. */
export interface TestFleet {
  readonly automation: Automation;
  readonly delivery: Delivery;
  readonly approvals: Approvals;
  readonly repository: GitRepository;
  readonly stores: ReturnType<typeof createStores>;
  /** Reads the folder as the catalog would, and runs. */
  sync(): Promise<void>;
  /** The text of a file on a branch; undefined where there is none. */
  read(branch: string, file: string): Promise<string | undefined>;
}

function createStores(knex: Knex) {
  return {
    inventory: DatabaseInventoryStore.create({ knex }),
    plans: DatabasePlanStore.create({ knex }),
    changeRequests: DatabaseChangeRequestStore.create({ knex }),
    state: DatabaseStateStore.create({ knex }),
    sources: DatabaseSourceStore.create({ knex }),
    guard: DatabaseGuardStore.create({ knex }),
    rollouts: DatabaseRolloutStore.create({ knex }),
    polls: DatabaseSourcePollStore.create({ knex }),
  };
}

/** `direct`: globs of locations whose YAML is merged without a change request. */
export async function createTestFleet(options: {
  knex: Knex;
  yamlFolder: string;
  gitFolder: string;
  direct?: string[];
  now?: () => Date;
  retention?: DeliveryRetention;
  /** Losses on so many clusters wait: 10 where left out. */
  guardAtLeast?: number;
  /** The server of which the git folder is the copy. */
  remote?: Remote;
  /** Configuration of where sources may be read from. */
  reading?: JsonObject;
  /** Of clusters that do not say it. */
  engine?: 'flux' | 'argocd';
  /** What clusters report; nobody takes it in where left out. */
  reports?: RolloutReports;
  /** Hears what people are told of rollouts. */
  notifier?: Notifier;
  /** The repository of each shard; they have none where left out. */
  shardRemoteOf?: (shard: string) => GitRemote;
  /** Environments that have repositories of their own; none where left out. */
  environments?: readonly EnvironmentRepository[];
  /** The repository, instead of one in the git folder. */
  target?: OpenTarget;
}): Promise<TestFleet> {
  const stores = createStores(options.knex);
  const { gitFolder, remote } = options;
  const { repository, pullRequests } = options.target ?? {
    repository: await GitRepository.createBare(gitFolder, { remote }),
  };
  const builder = KustomizeBuilder.create({});
  const config = new ConfigReader({
    ...options.reading,
    resEdge: {
      ...(options.reading?.resEdge as JsonObject | undefined),
      changes: {
        direct: [
          {
            kinds: [
              'EdgeGroup',
              'EdgeNamespace',
              'EdgeApplication',
              'EdgePolicy',
            ],
            locations: options.direct ?? [],
          },
        ],
      },
    },
  });
  const hosts = SourceHosts.fromConfig(
    config,
    ScmIntegrations.fromConfig(config),
  );
  const audit = DatabaseAuditLog.create({ knex: options.knex });
  const approvals = Approvals.create({
    store: DatabaseApprovalStore.create({ knex: options.knex }),
    audit,
    changeRequests: stores.changeRequests,
    now: options.now,
  });
  const delivery = Delivery.create({
    repository,
    builder,
    retention: options.retention,
    now: options.now,
    engine: options.engine,
  });
  const { inventory } = stores;
  const news = RolloutNews.create({
    ...{ inventory, audit },
    notifier: options.notifier ?? { tell: async () => {} },
  });
  const { shardRemoteOf: remoteOf, environments } = options;
  const logger = mockServices.logger.mock();
  const findings = Findings.create({ state: stores.state });
  const automation = Automation.create({
    findings,
    logger,
    repository,
    shardRepositories:
      remoteOf && ShardRepositories.create({ repository, remoteOf, logger }),
    environments:
      environments &&
      EnvironmentRepositories.create({ repository, environments, logger }),
    inventory,
    plans: stores.plans,
    state: stores.state,
    changeRequests: ChangeRequests.create({
      repository,
      store: stores.changeRequests,
      plans: stores.plans,
      pullRequests,
      approvals,
      news,
    }),
    approvals,
    guards: Guards.create({
      store: stores.guard,
      guard: { share: 0.05, atLeast: options.guardAtLeast ?? 10 },
    }),
    delivery,
    polls: stores.polls,
    rollouts: Rollouts.create({
      ...{ delivery, reports: options.reports },
      undeliverable: () => findings.found().undeliverable,
      store: news.from(stores.rollouts),
      former: FormerContent.create({ repository }),
    }),
    slices: createSlices({
      sources: SourceReader.create({
        urlReader: mockServices.urlReader.mock(),
        integrations: ScmIntegrations.fromConfig(config),
        stored: stores.sources,
      }),
      gitSources: GitSourceReader.fromConfig(
        config,
        ScmIntegrations.fromConfig(config),
      ),
      charts: ChartReader.create(hosts),
      artifacts: ArtifactReader.create(hosts),
      builder,
    }),
    directRules: DirectRules.fromConfig(config),
    now: options.now,
  });
  return {
    automation,
    delivery,
    approvals,
    repository,
    stores,
    async sync() {
      await stores.inventory.replaceFromOrigin(
        { type: 'catalog' },
        await readYaml(options.yamlFolder),
        { actor: 'plugin:res-edge', operation: 'sync' },
      );
      await automation.run('test');
    },
    async read(branch, file) {
      const commit = await repository.resolve(branch);
      if (!commit) return undefined;
      return (await repository.read(commit, [file]))
        .get(file)
        ?.toString('utf8');
    },
  };
}

/** The entities of a folder's own YAML files, as they are registered there. */
export async function readYaml(
  folder: string,
): Promise<{ entity: EdgeEntity; location: string }[]> {
  const result: { entity: EdgeEntity; location: string }[] = [];
  for (const name of (await fs.readdir(folder)).sort()) {
    if (!name.endsWith('.yaml')) continue;
    const file = path.join(folder, name);
    for (const document of parseAllDocuments(await fs.readFile(file, 'utf8'))) {
      const entity = document.toJS();
      if (entity && isEdgeEntity(entity)) {
        result.push({
          entity: validateEdgeEntity(entity),
          location: `file:${file}`,
        });
      }
    }
  }
  return result;
}
