import { mockErrorHandler, mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import express from 'express';
import { Knex } from 'knex';
import {
  AuditLog,
  ChangeRequestStore,
  DatabaseAuditLog,
  DatabaseChangeRequestStore,
  DatabasePlanStore,
  DatabaseSourceStore,
  InventoryStore,
  openDatabase,
} from '../database';
import { PullOptions } from '../readPullOptions';
import { createRouter, InventoryWriter } from '../service';
import { toChangeRequest } from '../service/operations';
import { createTestApprovals } from './createTestApprovals';
import { createTestRollouts } from './createTestRollouts';
import { createTestInventory } from './createTestInventory';
import { createTestStatus } from './createTestStatus';
import { createTestView } from './testFleet';
import { testFleetService } from './testFleetService';
import { testLimits, testPull } from './testRecords';
import { TestPolicy } from './TestPolicy';

/** The API over the test fleet and its inventory in a real database, as somebody who writes sees it. @internal */
export interface TestApi {
  readonly app: express.Express;
  readonly inventory: InventoryStore;
  readonly changeRequests: ChangeRequestStore;
  readonly audit: AuditLog;
  readonly policy: TestPolicy;
  readonly onWrite: jest.Mock;
  readonly auditEvent: { success: jest.Mock; fail: jest.Mock };
}

/** A cluster as other plugins have it in the catalog. */
const clusterResource: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name: 'aks-1', namespace: 'default' },
  spec: { type: 'kubernetes-cluster', owner: 'group:default/platform-team' },
};

/** @internal */
export async function createTestApi(
  connection: Knex,
  pull: PullOptions = testPull,
): Promise<TestApi> {
  const knex = await openDatabase(
    mockServices.database({ knex: connection, migrations: { skip: false } }),
  );
  const policy = new TestPolicy();
  const onWrite = jest.fn();
  const auditEvent = { success: jest.fn(), fail: jest.fn() };
  const auditor = mockServices.auditor.mock();
  auditor.createEvent.mockResolvedValue(auditEvent);
  const inventory = await createTestInventory(knex);
  const audit = DatabaseAuditLog.create({ knex });
  const changeRequests = DatabaseChangeRequestStore.create({ knex });
  const fleet = {
    ...testFleetService(createTestView()),
    mergeChangeRequest: async (id: string) =>
      toChangeRequest(
        { ...(await changeRequests.get(id)), state: 'merged' },
        [],
      ),
  };
  const app = express();
  app.use(
    createRouter({
      fleet,
      status: createTestStatus(),
      plans: DatabasePlanStore.create({ knex }),
      changeRequests,
      rollouts: createTestRollouts(),
      approvals: createTestApprovals(),
      inventory,
      audit,
      sources: DatabaseSourceStore.create({ knex }),
      writer: InventoryWriter.create({ inventory, onWrite }),
      catalog: catalogServiceMock({ entities: [clusterResource] }),
      limits: testLimits,
      pull,
      inventorySync: { sync: jest.fn() },
      logger: mockServices.logger.mock(),
      httpAuth: mockServices.httpAuth(),
      accessFactory: policy.accessFactory(fleet),
      auditor,
      validateResponses: true,
    }),
  );
  app.use(mockErrorHandler());
  return {
    ...{ app, inventory, changeRequests, audit, policy, onWrite, auditEvent },
  };
}
