import {
  HttpRouterService,
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { StatusStore } from '../database';
import { FleetView } from '../service/FleetView';
import { createStatusWebhooks, STATUS_WEBHOOKS } from './createStatusWebhooks';
import { FleetStatus, ReportListener } from './FleetStatus';
import { readStatusOptions } from './readStatusOptions';
import { StatusKeys } from './StatusKeys';
import { statusSubjectsOf } from './StatusSubjects';

/**
 * What clusters report, with its webhooks and the tasks that write it, read what other replicas took in, and forget.
 *
 * @internal
 */
export async function createStatus(options: {
  config: Config;
  logger: LoggerService;
  store: StatusStore;
  scheduler: SchedulerService;
  lifecycle: LifecycleService;
  httpRouter: HttpRouterService;
  view: () => FleetView | undefined;
  /** Told what is reported. */
  onNews: ReportListener;
}): Promise<FleetStatus> {
  const { config, logger, store, scheduler, lifecycle, httpRouter } = options;
  const { freshness, retention, webhooks } = readStatusOptions(config);
  const status = FleetStatus.create({
    store,
    subjects: () => statusSubjectsOf(options.view()),
    limits: freshness,
    logger,
    onNews: options.onNews,
  });
  await status.load();

  for (const path of STATUS_WEBHOOKS) {
    httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
  }
  const keys = StatusKeys.fromConfig(config);
  httpRouter.use(createStatusWebhooks({ status, keys, limits: webhooks }));

  const schedule = (
    id: string,
    frequency: { seconds?: number; hours?: number },
    scope: 'local' | 'global',
    fn: () => Promise<void>,
  ) =>
    scheduler.scheduleTask({
      id,
      frequency,
      initialDelay: frequency,
      timeout: { minutes: 10 },
      scope,
      fn,
    });
  await schedule('status-write', { seconds: 5 }, 'local', () => status.flush());
  await schedule('status-read', { seconds: 10 }, 'local', () =>
    status.refresh(),
  );
  let seen: FleetView | undefined;
  await schedule('status-await', { seconds: 5 }, 'local', async () => {
    const view = options.view();
    if (!view || view === seen) return;
    await status.awaitFirst(deliveredClusters(view));
    seen = view;
  });
  await schedule('status-expire', { hours: 24 }, 'local', () =>
    status.expire(retention),
  );
  lifecycle.addShutdownHook(() =>
    status.flush().catch(error => logger.warn('Status was not written', error)),
  );
  return status;
}

/** Clusters that are told what to run. */
function deliveredClusters({ delivered, snapshot }: FleetView): string[] {
  return snapshot.clusters
    .map(({ metadata }) => metadata.name)
    .filter(name => delivered.shardOf(name) !== undefined);
}
