import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';

/** What `resEdge` configures of the service; config.d.ts documents it. @internal */
export interface ServiceOptions {
  readonly frequency: HumanDuration;
  readonly sweep: HumanDuration;
  /** In milliseconds. */
  readonly delay: number;
  readonly allowEmpty: boolean;
  readonly retention: number;
}

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
  };
}
