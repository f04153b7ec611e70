import { LoggerService, UrlReaderService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { KustomizeBuilder } from '@res-edge/backstage-plugin-res-edge-node';
import path from 'node:path';
import {
  ChangeRequestStore,
  GuardStore,
  InventoryStore,
  PlanStore,
  SourceStore,
  StateStore,
} from '../database';
import { GitRepository } from '../git';
import { Automation } from './Automation';
import { ChangeRequests } from './ChangeRequests';
import { Delivery } from './Delivery';
import { DeliveryRetention } from './DeliveryRetention';
import { DirectRules } from './DirectRules';
import { createSlices } from './createSlices';
import { Guards } from './Guards';
import { readGuardOptions } from './readGuardOptions';
import { SourceReader } from './SourceReader';

/**
 * The automation as the configuration wants it; creates the local repository on first start.
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
  guardStore: GuardStore;
  onChange?: () => void;
}): Promise<Automation> {
  const { config, logger, plans, state, retention } = options;
  const repository = await GitRepository.createBare(repositoryFolder(config));
  const builder = KustomizeBuilder.create({
    command: config.getOptionalString('resEdge.kustomize.path'),
  });
  const sources = SourceReader.create({
    urlReader: options.urlReader,
    integrations: ScmIntegrations.fromConfig(config),
    stored: options.sourceStore,
  });
  return Automation.create({
    logger,
    repository,
    inventory: options.inventory,
    plans,
    state,
    changeRequests: ChangeRequests.create({
      repository,
      store: options.changeRequestStore,
      plans,
    }),
    guards: Guards.create({
      store: options.guardStore,
      guard: readGuardOptions(config),
    }),
    delivery: Delivery.create({ repository, builder, retention }),
    slices: createSlices({ sources, builder }),
    directRules: DirectRules.fromConfig(config),
    registrationProblems: options.registrationProblems,
    onChange: options.onChange,
  });
}

/** `resEdge.git.folder`, from where the backend was started. */
function repositoryFolder(config: Config): string {
  const type = config.getOptionalString('resEdge.git.type') ?? 'local';
  if (type !== 'local') {
    throw new InputError(
      `resEdge.git.type: '${type}' is unknown; allowed is 'local'`,
    );
  }
  return path.resolve(
    config.getOptionalString('resEdge.git.folder') ?? '.local/gitops.git',
  );
}
