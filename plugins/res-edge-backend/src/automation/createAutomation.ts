import { LoggerService, UrlReaderService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { EventsService } from '@backstage/plugin-events-node';
import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { readAllowedKinds } from '@res-edge/backstage-plugin-res-edge-engine';
import { KustomizeBuilder } from '@res-edge/backstage-plugin-res-edge-node';
import {
  ArtifactStore,
  AuditLog,
  ChangeRequestStore,
  GuardStore,
  InventoryStore,
  PlanStore,
  RolloutStore,
  SourcePollStore,
  SourceStore,
  StateStore,
} from '../database';
import { Reviewers } from '../github';
import { Notifier } from '../notifications';
import { PullOptions, pullUrlOf } from '../readPullOptions';
import { ArtifactReader, ChartReader, SourceHosts } from '../sources';
import { FleetStatus } from '../status';
import {
  openEnvironmentRepositories,
  openShardRepositories,
  openTarget,
  watchGitHub,
} from '../target';

import { Approvals } from './Approvals';
import { Automation } from './Automation';
import { ChangeRequests } from './ChangeRequests';
import { Delivery } from './Delivery';
import { DeliveryRetention } from './DeliveryRetention';
import { DirectRules } from './DirectRules';
import { createArtifactDelivery } from './createArtifactDelivery';
import { createSlices } from './createSlices';
import { EnvironmentRepositories } from './EnvironmentRepositories';
import { Findings } from './Findings';
import { FormerContent } from './FormerContent';
import { GitSourceReader } from './GitSourceReader';
import { Guards } from './Guards';
import { RolloutNews } from './RolloutNews';
import { Rollouts } from './Rollouts';
import { ShardRepositories } from './ShardRepositories';
import { RolloutReports } from './createRolloutWorld';
import { readGuardOptions } from './readGuardOptions';
import { SourceReader } from './SourceReader';

/**
 * The automation as the configuration wants it.
 *
 * @internal
 */
export async function createAutomation(options: {
  config: Config;
  logger: LoggerService;
  urlReader: UrlReaderService;
  inventory: InventoryStore;
  plans: PlanStore;
  changeRequestStore: ChangeRequestStore;
  state: StateStore;
  sourceStore: SourceStore;
  registrationProblems: () => Promise<readonly Problem[]>;
  retention: DeliveryRetention;
  leaseMilliseconds: number;
  guardStore: GuardStore;
  rolloutStore: RolloutStore;
  polls: SourcePollStore;
  /** What was pushed, by the registry's address. */
  artifactStoreOf: (registry: string) => ArtifactStore;
  /** What clusters report. */
  status: RolloutReports & Pick<FleetStatus, 'removedAt'>;
  pull: PullOptions;
  events: EventsService;
  /** Whom owners of entities are where pull requests are reviewed. */
  reviewersOf: (owners: readonly string[]) => Promise<Reviewers>;
  approvals: Approvals;
  notifier: Notifier;
  audit: AuditLog;
  onChange?: () => void;
}): Promise<Automation> {
  const { config, logger, plans, state, retention, pull, status } = options;
  const integrations = ScmIntegrations.fromConfig(config);
  const { repository, pullRequests } = await openTarget({
    config,
    integrations,
    logger,
    reviewersOf: options.reviewersOf,
  });
  const builder = KustomizeBuilder.create({
    command: config.getOptionalString('resEdge.kustomize.path'),
  });
  const sources = SourceReader.create({
    urlReader: options.urlReader,
    integrations,
    stored: options.sourceStore,
  });
  const hosts = SourceHosts.fromConfig(config, integrations);
  const delivery = Delivery.create({
    repository,
    builder,
    retention,
    engine: pull.engine,
    removedAt: (cluster, application) => status.removedAt(cluster, application),
  });
  const artifacts =
    pull.artifacts &&
    createArtifactDelivery(
      {
        ...{ ...options, repository, delivery },
        urlOf: shard => pullUrlOf(pull, shard),
      },
      pull.artifacts,
    );
  const { inventory, audit, notifier } = options;
  const news = RolloutNews.create({ inventory, audit, notifier });
  const remoteOf = openShardRepositories(config, integrations);
  const environments = openEnvironmentRepositories(config, integrations);
  const findings = Findings.create({ state });
  const automation = Automation.create({
    findings,
    artifacts,
    shardRepositories:
      remoteOf && ShardRepositories.create({ repository, remoteOf, logger }),
    environments:
      environments.length > 0
        ? EnvironmentRepositories.create({ repository, environments, logger })
        : undefined,
    logger,
    repository,
    inventory,
    plans,
    state,
    leaseMilliseconds: options.leaseMilliseconds,
    changeRequests: ChangeRequests.create({
      repository,
      store: options.changeRequestStore,
      plans,
      pullRequests,
      approvals: options.approvals,
      news,
    }),
    approvals: options.approvals,
    guards: Guards.create({
      store: options.guardStore,
      guard: readGuardOptions(config),
    }),
    delivery,
    rollouts: Rollouts.create({
      ...{ delivery, reports: status },
      undeliverable: () => findings.found().undeliverable,
      store: news.from(options.rolloutStore),
      former: FormerContent.create({ repository }),
    }),
    slices: createSlices({
      sources,
      gitSources: GitSourceReader.fromConfig(config, integrations),
      charts: ChartReader.create(hosts),
      artifacts: ArtifactReader.create(hosts),
      builder,
      allowedKinds: readAllowedKinds(
        config.getOptional('resEdge.layout.allowedKinds'),
        'resEdge.layout.allowedKinds',
      ),
    }),
    directRules: DirectRules.fromConfig(config),
    registrationProblems: options.registrationProblems,
    polls: options.polls,
    audit,
    onChange: options.onChange,
  });
  await watchGitHub({
    ...{ config, integrations, repository },
    events: options.events,
    onChange: reason => {
      automation
        .requestRun(reason)
        .catch(error => logger.error(`The run by ${reason} failed`, error));
    },
  });
  return automation;
}
