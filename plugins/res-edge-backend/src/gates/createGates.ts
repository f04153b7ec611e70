import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { GateReadingStore } from '../database';
import { FleetView } from '../service/FleetView';
import { FleetStatus } from '../status';
import { GatePoller } from './GatePoller';
import { GateTypes } from './GateTypes';
import { HealthGates } from './HealthGates';
import { PrometheusGates } from './PrometheusGates';
import { readGateOptions } from './readGateOptions';
import { WebhookGates } from './WebhookGates';

/** Lets the gates of rollouts be read: those of modules, and the built-in ones. @internal */
export async function createGates(options: {
  config: Config;
  logger: LoggerService;
  scheduler: SchedulerService;
  store: GateReadingStore;
  status: FleetStatus;
  view: () => FleetView | undefined;
  /** With those that modules added. */
  types: GateTypes;
  onChange: (reason: string) => void;
}): Promise<void> {
  const { status, view, types } = options;
  const { frequency, validFor, prometheus, webhooks } = readGateOptions(
    options.config,
  );
  types.add(HealthGates.create({ status, view }));
  types.add(PrometheusGates.create({ servers: prometheus }));
  types.add(WebhookGates.create({ webhooks }));
  const poller = GatePoller.create({ ...options, validFor });
  await options.scheduler.scheduleTask({
    id: 'rollout-gates',
    frequency: { milliseconds: frequency },
    initialDelay: { milliseconds: frequency },
    timeout: { minutes: 5 },
    scope: 'global',
    fn: signal => poller.poll(signal),
  });
}
