import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import { FreshnessLimits } from '@res-edge/backstage-plugin-res-edge-engine';
import { WebhookLimits } from './createStatusWebhooks';

/** What `resEdge.status` configures; config.d.ts documents it. @internal */
export interface StatusOptions {
  readonly freshness: FreshnessLimits;
  /** How long a cluster that is not registered is remembered, in milliseconds. */
  readonly retention: number;
  readonly webhooks: WebhookLimits;
}

/** @throws InputError with the key, where a value is of no use @internal */
export function readStatusOptions(config: Config): StatusOptions {
  const duration = (key: string, orElse: HumanDuration) => {
    const name = `resEdge.status.${key}`;
    const milliseconds = durationToMilliseconds(
      config.has(name) ? readDurationFromConfig(config, { key: name }) : orElse,
    );
    if (!(milliseconds > 0)) {
      throw new InputError(
        `${name}: ${JSON.stringify(
          config.get(name),
        )} is not allowed; it must be longer than 0`,
      );
    }
    return milliseconds;
  };
  const perMinuteKey = 'resEdge.status.requestsPerMinute';
  const perMinute = config.getOptionalNumber(perMinuteKey) ?? 600;
  if (!Number.isInteger(perMinute) || perMinute < 1) {
    throw new InputError(
      `${perMinuteKey}: ${perMinute} is no number of requests; allowed are whole numbers from 1`,
    );
  }
  const staleAfter = duration('staleAfter', { minutes: 30 });
  const offlineAfter = duration('offlineAfter', { hours: 2 });
  if (offlineAfter <= staleAfter) {
    throw new InputError(
      `resEdge.status.offlineAfter: must be longer than resEdge.status.staleAfter`,
    );
  }
  return {
    freshness: { staleAfter, offlineAfter },
    retention: duration('retention', { days: 90 }),
    webhooks: { body: 256 * 1024, perMinute },
  };
}
