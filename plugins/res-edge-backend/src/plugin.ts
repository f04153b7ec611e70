import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  clusterInventoryExtensionPoint,
  rolloutGatesExtensionPoint,
  statusSourceExtensionPoint,
} from '@res-edge/backstage-plugin-res-edge-node';
import { registerActions } from './actions';
import {
  Approvals,
  createAutomation,
  createSourcePoller,
  PlanLoop,
  RunSignal,
} from './automation';
import {
  DatabaseApprovalStore,
  DatabaseArtifactStore,
  DatabaseAuditLog,
  DatabaseChangeRequestStore,
  DatabaseGuardStore,
  DatabaseInventoryStore,
  DatabasePlanStore,
  DatabaseRegistrationProblemStore,
  DatabaseRolloutStore,
  DatabaseSourcePollStore,
  DatabaseSourceStore,
  DatabaseStateStore,
  DatabaseStatusStore,
  openDatabase,
} from './database';
import { createGates, GateTypes } from './gates';
import { createReviewers } from './github';
import { createInventorySync } from './inventory';
import { BackstageNotifier } from './notifications';
import { AccessFactory, registerPermissions } from './permissions';
import { AzureArcInventory, ProviderList } from './providers';
import { readOptions } from './readOptions';
import {
  ChangeSignals,
  createOperations,
  createRouter,
  InventoryWriter,
  serveDocument,
} from './service';
import { FleetView } from './service/FleetView';
import { createStatus, ReportListener, StatusSources } from './status';

/** How long a source stays that no entity names, in milliseconds: 30 days. */
const SOURCE_RETENTION = 30 * 24 * 60 * 60 * 1000;

/**
 * The data service of Res-Edge and its automation: the inventory, the plans, the change requests, the delivery.
 *
 * @public
 */
export const resEdgePlugin = createBackendPlugin({
  pluginId: 'res-edge',
  register(env) {
    const providers = ProviderList.create();
    env.registerExtensionPoint(clusterInventoryExtensionPoint, {
      addProvider: provider => providers.add(provider),
    });
    const statusSources = StatusSources.create();
    env.registerExtensionPoint(statusSourceExtensionPoint, {
      addSource: source => statusSources.add(source),
    });

    const gateTypes = GateTypes.create();
    env.registerExtensionPoint(rolloutGatesExtensionPoint, {
      addGate: reader => gateTypes.add(reader),
    });

    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        urlReader: coreServices.urlReader,
        userInfo: coreServices.userInfo,
      },
      async init({
        actionsRegistry,
        auditor,
        auth,
        catalog,
        config,
        database,
        events,
        httpAuth,
        httpRouter,
        lifecycle,
        logger,
        notifications,
        permissions,
        permissionsRegistry,
        scheduler,
        signals,
        urlReader,
        userInfo,
      }) {
        const options = readOptions(config);
        const knex = await openDatabase(database);
        const inventory = DatabaseInventoryStore.create({ knex, ...options });
        const plans = DatabasePlanStore.create({ knex, ...options });
        const changeRequests = DatabaseChangeRequestStore.create({ knex });
        const rollouts = DatabaseRolloutStore.create({ knex });
        const polls = DatabaseSourcePollStore.create({ knex });
        const audit = DatabaseAuditLog.create({ knex });
        const changes = ChangeSignals.create({ audit, signals, logger });
        const sources = DatabaseSourceStore.create({ knex });
        const problems = DatabaseRegistrationProblemStore.create({ knex });
        const state = DatabaseStateStore.create({ knex });

        const notifier = BackstageNotifier.create({ notifications, logger });
        const approvals = Approvals.create({
          store: DatabaseApprovalStore.create({ knex }),
          audit,
          changeRequests,
          notifier,
        });

        let view: () => FleetView | undefined = () => undefined;
        let onReport: ReportListener = () => {};
        const status = await createStatus({
          config,
          logger,
          store: DatabaseStatusStore.create({ knex }),
          scheduler,
          lifecycle,
          httpRouter,
          // The fleet needs it, too, so that it is there before.
          view: () => view(),
          onNews: (...news) => onReport(...news),
        });

        const fleet = await createAutomation({
          approvals,
          notifier,
          retention: options.delivery,
          pull: options.pull,
          leaseMilliseconds: options.lease,
          config,
          logger,
          urlReader,
          inventory,
          plans,
          changeRequestStore: changeRequests,
          state,
          sourceStore: sources,
          registrationProblems: () => problems.problems(),
          guardStore: DatabaseGuardStore.create({ knex }),
          reviewersOf: createReviewers({ catalog, auth }),
          events,
          rolloutStore: rollouts,
          polls,
          artifactStoreOf: registry =>
            DatabaseArtifactStore.create({ knex, registry }),
          status,
          audit,
          onChange: () => changes.tell(fleet.view()?.revision),
        });
        view = () => fleet.view();
        const loop = PlanLoop.create({
          automation: fleet,
          state,
          logger,
          leaseMilliseconds: options.lease,
        });
        const reported = RunSignal.create(() => loop.plan('reports'));
        onReport = (...news) => {
          if (!reported.isPending && fleet.isAwaited(...news)) reported.call();
        };
        const requestRun = (reason: string) => {
          fleet
            .requestRun(reason)
            .then(() => loop.wake())
            .catch(error => logger.error(`No run for ${reason}`, error));
        };

        await createGates({
          config,
          logger,
          scheduler,
          store: rollouts,
          status,
          view,
          types: gateTypes,
          onChange: requestRun,
        });

        const inventorySync = await createInventorySync({
          config,
          catalog,
          auth,
          events,
          logger,
          inventory,
          problems,
          delay: options.delay,
          onChange: requestRun,
        });

        const service = {
          fleet,
          status,
          plans,
          changeRequests,
          approvals,
          rollouts,
          polls,
          inventory,
          audit,
          sources,
          catalog,
          limits: options.limits,
          pull: options.pull,
          writer: InventoryWriter.create({
            inventory,
            onWrite: () => loop.wake(),
          }),
          inventorySync,
          logger,
        };
        registerPermissions(permissionsRegistry, () => fleet.view());
        const accessFactory = AccessFactory.create({
          permissions,
          permissionsRegistry,
          fleet,
          userInfo,
          selectorSteps: options.limits.selectorSteps,
        });
        serveDocument(httpRouter);
        httpRouter.use(
          createRouter({ ...service, httpAuth, accessFactory, auditor }),
        );
        registerActions({
          actionsRegistry,
          accessFactory,
          auditor,
          operations: createOperations(service),
        });

        lifecycle.addStartupHook(() => loop.start());
        lifecycle.addStartupHook(() => statusSources.connect(status, logger));
        lifecycle.addShutdownHook(async () => {
          await inventorySync.stop();
          reported.stop();
          await loop.stop();
          await fleet.stop();
        });

        await scheduler.scheduleTask({
          id: 'inventory-sweep',
          frequency: options.sweep,
          // The catalog answers when every plugin is up.
          initialDelay: { seconds: 5 },
          timeout: { minutes: 10 },
          scope: 'global',
          fn: async () => {
            await inventorySync.sync();
          },
        });
        await scheduler.scheduleTask({
          id: 'source-retention',
          frequency: { days: 1 },
          initialDelay: { minutes: 10 },
          timeout: { minutes: 10 },
          scope: 'global',
          fn: async () => {
            await sources.expire(new Date(Date.now() - SOURCE_RETENTION));
          },
        });
        const poller = createSourcePoller({
          ...{ config, problems, audit, logger },
          store: polls,
          applications: () => fleet.view()?.inventory.applications,
          onChange: requestRun,
        });
        await scheduler.scheduleTask({
          id: 'source-polls',
          frequency: { minutes: 1 },
          initialDelay: { seconds: 30 },
          timeout: { minutes: 10 },
          scope: 'global',
          fn: async () => poller.poll(),
        });
        await scheduler.scheduleTask({
          id: 'audit-retention',
          frequency: { days: 1 },
          initialDelay: { minutes: 15 },
          timeout: { minutes: 30 },
          scope: 'global',
          fn: async () => {
            const oldest = new Date(Date.now() - options.auditRetention);
            const pruned = await audit.prune(oldest);
            if (pruned > 0)
              logger.info(`Let go ${pruned} entries of the audit log`);
          },
        });
        const azureArc = AzureArcInventory.fromConfig(config);
        if (azureArc) providers.add(azureArc);
        await providers.schedule({
          scheduler,
          inventory,
          problems,
          logger,
          onChange: requestRun,
        });
        await scheduler.scheduleTask({
          id: 'plan',
          frequency: options.frequency,
          initialDelay: options.frequency,
          timeout: { minutes: 30 },
          scope: 'local',
          fn: async () => loop.refresh(),
        });
      },
    });
  },
});
