import { LoggerService } from '@backstage/backend-plugin-api';
import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { Slices } from '@res-edge/backstage-plugin-res-edge-engine';
import {
  AuditLog,
  InventoryStore,
  PlanStore,
  SourcePollStore,
  StateStore,
} from '../database';
import { GitRepository } from '../git';
import { Approvals } from './Approvals';
import { ArtifactDelivery } from './ArtifactDelivery';
import { ChangeRequests } from './ChangeRequests';
import { Delivery } from './Delivery';
import { DirectRules } from './DirectRules';
import { EnvironmentRepositories } from './EnvironmentRepositories';
import { Findings } from './Findings';
import { Guards } from './Guards';
import { Rollouts } from './Rollouts';
import { ShardRepositories } from './ShardRepositories';

/** What the automation works with. @internal */
export interface AutomationOptions {
  readonly logger: LoggerService;
  readonly repository: GitRepository;
  readonly inventory: InventoryStore;
  readonly plans: PlanStore;
  readonly state: StateStore;
  readonly changeRequests: ChangeRequests;
  readonly approvals: Approvals;
  readonly delivery: Delivery;
  /** Where delivery goes to a registry, too. */
  readonly artifacts?: ArtifactDelivery;
  /** Where each shard has a repository of its own, too. */
  readonly shardRepositories?: ShardRepositories;
  /** Where environments have repositories of their own. */
  readonly environments?: EnvironmentRepositories;
  readonly guards: Guards;
  /** What the replica that plans finds. */
  readonly findings: Findings;
  readonly rollouts: Rollouts;
  /** What polling found. */
  readonly polls?: Pick<SourcePollStore, 'list'>;
  /** Where merges elsewhere are noted. */
  readonly audit?: Pick<AuditLog, 'append'>;
  readonly slices: Slices;
  readonly directRules: DirectRules;
  /** What is registered and has no effect. */
  readonly registrationProblems?: () => Promise<readonly Problem[]>;
  /** Told each time the view was followed: others may have to read again. */
  readonly onChange?: () => void;
  /** How long another replica waits for a sign of life of the one that writes. */
  readonly leaseMilliseconds?: number;
  /** The clock. */
  readonly now?: () => Date;
}
