/* eslint-disable no-console */
import { once } from 'node:events';
import { AddressInfo } from 'node:net';
import { mockErrorHandler, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { KustomizeBuilder } from '@res-edge/backstage-plugin-res-edge-node';
import express from 'express';
import { createTestStatus } from '../../src/__testUtils__/createTestStatus';
import { createTestApprovals } from '../../src/__testUtils__/createTestApprovals';
import { createTestRollouts } from '../../src/__testUtils__/createTestRollouts';
import { TestPolicy } from '../../src/__testUtils__/TestPolicy';
import { testFleetService } from '../../src/__testUtils__/testFleetService';
import { createFleetView } from '../../src/automation/createFleetView';
import { Delivery } from '../../src/automation/Delivery';
import { Holding } from '../../src/automation/Holding';
import { MainBranch } from '../../src/automation/MainBranch';
import { Planner } from '../../src/automation/Planner';
import {
  DatabaseAuditLog,
  DatabaseChangeRequestStore,
  DatabaseInventoryStore,
  DatabasePlanStore,
  DatabaseSourceStore,
} from '../../src/database';
import { GitRepository } from '../../src/git';
import { readOptions } from '../../src/readOptions';
import { createRouter, InventoryWriter } from '../../src/service';
import { ConfigReader } from '@backstage/config';
import { timed } from '../fleet/timed';
import { openBenchDatabase } from './BenchDatabase';
import { ServeOptions, Usage } from './BenchServer';

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return {
    work: (user + system) / 1000,
    peak: process.resourceUsage().maxRSS * 1024,
  };
}

/** Everything is the plugin's own but who calls and what the policy says: all is allowed. */
async function serve({ database, repository: folder }: ServeOptions) {
  const knex = await openBenchDatabase(database);
  const inventory = DatabaseInventoryStore.create({ knex });
  const repository = await GitRepository.createBare(folder);
  const planner = Planner.create({
    inventory,
    main: MainBranch.create({ repository }),
    delivery: Delivery.create({
      repository,
      builder: KustomizeBuilder.create(),
    }),
    now: () => new Date(),
  });
  const before = process.resourceUsage().maxRSS;
  const view = await timed('database to first plan', async () => {
    const planned = await planner.plan();
    return createFleetView({
      planned,
      problems: [],
      holding: Holding.create().of(planned),
      held: { applications: new Map(), namespaces: new Map() },
      undeliverable: { applications: new Map(), namespaces: new Map() },
      rollouts: new Map(),
    });
  });
  const { maxRSS } = process.resourceUsage();
  console.log(
    `  ${view.snapshot.size} clusters; at most ${Math.round(
      maxRSS / 1024,
    )} MB of memory, ${Math.round(before / 1024)} MB before`,
  );

  const fleet = testFleetService(view);
  const event = { success: async () => {}, fail: async () => {} };
  const app = express();
  app.get('/usage', (_request, response) => {
    response.json(usage());
  });
  app.use(
    createRouter({
      fleet,
      status: createTestStatus({ view }),
      plans: DatabasePlanStore.create({ knex }),
      changeRequests: DatabaseChangeRequestStore.create({ knex }),
      rollouts: createTestRollouts(),
      approvals: createTestApprovals(),
      inventory,
      audit: DatabaseAuditLog.create({ knex }),
      sources: DatabaseSourceStore.create({ knex }),
      writer: InventoryWriter.create({ inventory, onWrite: () => {} }),
      catalog: catalogServiceMock(),
      limits: readOptions(new ConfigReader({})).limits,
      pull: readOptions(new ConfigReader({})).pull,
      inventorySync: { sync: async () => undefined as never },
      logger: mockServices.rootLogger(),
      httpAuth: mockServices.httpAuth(),
      accessFactory: new TestPolicy().accessFactory(fleet),
      auditor: { createEvent: async () => event },
    }),
  );
  app.use(mockErrorHandler());
  const server = app.listen(0, '127.0.0.1');
  // On a busy machine users may rest for longer than the few seconds that connections have otherwise.
  server.keepAliveTimeout = 60_000;
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  process.send!(`http://127.0.0.1:${port}`);
  // It ends with the process that started it.
  process.once('disconnect', () => process.exit());
  process.once('SIGTERM', () => process.exit());
}

serve(JSON.parse(process.argv[2])).catch(error => {
  console.error(error);
  process.exit(1);
});
