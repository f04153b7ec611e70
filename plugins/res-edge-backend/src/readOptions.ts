import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';

import { DEFAULT_RETENTION, DeliveryRetention } from './automation';

/** What `resEdge` configures of the service; config.d.ts documents it. @internal */
export interface ServiceOptions {
  readonly frequency: HumanDuration;
  readonly sweep: HumanDuration;
  /** In milliseconds. */
  readonly delay: number;
  readonly allowEmpty: boolean;
  readonly retention: number;
  readonly delivery: DeliveryRetention;
}

/** The most commits of one branch that are read at once. */
const MAX_HISTORY = 1000;

/** @throws InputError with the key, where a value is of no use @internal */
export function readOptions(config: Config): ServiceOptions {
  const duration = (key: string, orElse: HumanDuration) =>
    config.has(key) ? readDurationFromConfig(config, { key }) : orElse;
  const retention = config.getOptionalNumber('resEdge.plans.retention') ?? 200;
  if (!Number.isInteger(retention) || retention < 1) {
    throw new InputError(
      `resEdge.plans.retention: ${retention} is no number of plans; allowed are whole numbers from 1`,
    );
  }
  return {
    frequency: duration('resEdge.schedule.frequency', { minutes: 5 }),
    sweep: duration('resEdge.inventory.sweep', { minutes: 1 }),
    delay: durationToMilliseconds(
      duration('resEdge.inventory.delay', { seconds: 2 }),
    ),
    allowEmpty:
      config.getOptionalBoolean('resEdge.inventory.allowEmpty') ?? false,
    retention,
    delivery: readRetention(config),
  };
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
  const key = 'resEdge.delivery.retention';
  if (!config.has(key)) return { ...DEFAULT_RETENTION, history };
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
  return { history, retention };
}
