import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import {
  DEFAULT_LEASE_MILLISECONDS,
  DEFAULT_RETENTION,
  DeliveryRetention,
} from './automation';
import { PullOptions, readPullOptions } from './readPullOptions';

/** What `resEdge` configures of the service; config.d.ts documents it. @internal */
export interface ServiceOptions {
  readonly frequency: HumanDuration;
  /** In milliseconds. */
  readonly lease: number;
  readonly sweep: HumanDuration;
  /** In milliseconds. */
  readonly delay: number;
  readonly allowEmpty: boolean;
  readonly retention: number;
  readonly delivery: DeliveryRetention;
  readonly pull: PullOptions;
  readonly limits: Limits;
  /** How long the audit log is kept, in milliseconds. */
  readonly auditRetention: number;
}

/** How large requests may be. @internal */
export interface Limits {
  /** Bytes of a body. */
  readonly body: number;
  /** Bytes of a body with many records. */
  readonly batchBody: number;
  /** Records of a batch. */
  readonly batch: number;
  /** Items of a page. */
  readonly page: number;
  /** Clusters of a page that is expanded. */
  readonly expand: number;
  /** Values in one another in a body. */
  readonly depth: number;
  /** Steps that evaluating the selector of a request may take over the whole fleet. */
  readonly selectorSteps: number;
}

const MIN_LEASE_MILLISECONDS = 1_000;
/** What lists give where nothing is asked for. */
const MIN_PAGE = 100;
/** What the API's document allows. */
const MAX_PAGE = 1_000;

const DEFAULT_AUDIT_RETENTION = 400 * 24 * 60 * 60 * 1000;
/** The most commits of one branch that are read at once. */
const MAX_HISTORY = 1000;

/** @throws InputError with the key, where a value is of no use @internal */
export function readOptions(config: Config): ServiceOptions {
  const duration = (key: string, orElse: HumanDuration) =>
    config.has(key) ? readDurationFromConfig(config, { key }) : orElse;
  const count = (key: string, unit: string, orElse: number) => {
    const value = config.getOptionalNumber(key) ?? orElse;
    if (!Number.isInteger(value) || value < 1) {
      throw new InputError(
        `${key}: ${value} is no number of ${unit}; allowed are whole numbers from 1`,
      );
    }
    return value;
  };
  return {
    frequency: duration('resEdge.schedule.frequency', { minutes: 5 }),
    lease: readLease(config),
    sweep: duration('resEdge.inventory.sweep', { minutes: 1 }),
    delay: durationToMilliseconds(
      duration('resEdge.inventory.delay', { seconds: 2 }),
    ),
    allowEmpty:
      config.getOptionalBoolean('resEdge.inventory.allowEmpty') ?? false,
    retention: count('resEdge.plans.retention', 'plans', 200),
    limits: {
      body: count('resEdge.limits.body', 'bytes', 1_000_000),
      batchBody: count('resEdge.limits.batchBody', 'bytes', 200_000_000),
      batch: count('resEdge.limits.batch', 'records', 100_000),
      page: readPage(count('resEdge.limits.page', 'items', MAX_PAGE)),
      expand: count('resEdge.limits.expand', 'clusters', 200),
      depth: count('resEdge.limits.depth', 'values', 64),
      selectorSteps: count('resEdge.limits.selectorSteps', 'steps', 4_000_000),
    },
    auditRetention: readKeeping(
      config,
      'resEdge.audit.retention',
      DEFAULT_AUDIT_RETENTION,
    ),
    delivery: readRetention(config),
    pull: readPullOptions(config),
  };
}

function readPage(page: number): number {
  if (page < MIN_PAGE || page > MAX_PAGE) {
    throw new InputError(
      `resEdge.limits.page: ${page} is no number of items; allowed are whole numbers from ${MIN_PAGE} to ${MAX_PAGE}`,
    );
  }
  return page;
}

function readLease(config: Config): number {
  const key = 'resEdge.schedule.lease';
  if (!config.has(key)) return DEFAULT_LEASE_MILLISECONDS;
  const lease = durationToMilliseconds(readDurationFromConfig(config, { key }));
  if (!(lease >= MIN_LEASE_MILLISECONDS)) {
    throw new InputError(
      `${key}: ${JSON.stringify(
        config.get(key),
      )} is too short; allowed is one second or longer`,
    );
  }
  return lease;
}

function readRetention(config: Config): DeliveryRetention {
  const history =
    config.getOptionalNumber('resEdge.delivery.history') ??
    DEFAULT_RETENTION.history;
  if (!Number.isInteger(history) || history < 1 || history > MAX_HISTORY) {
    throw new InputError(
      `resEdge.delivery.history: ${history} is no number of commits; allowed are whole numbers from 1 to ${MAX_HISTORY}`,
    );
  }
  const retention = readKeeping(
    config,
    'resEdge.delivery.retention',
    DEFAULT_RETENTION.retention,
  );
  return { history, retention };
}

/** In milliseconds. */
function readKeeping(config: Config, key: string, orElse: number): number {
  if (!config.has(key)) return orElse;
  const retention = durationToMilliseconds(
    readDurationFromConfig(config, { key }),
  );
  if (!(retention > 0)) {
    throw new InputError(
      `${key}: ${JSON.stringify(
        config.get(key),
      )} is no time to keep anything; allowed are durations longer than 0`,
    );
  }
  return retention;
}
