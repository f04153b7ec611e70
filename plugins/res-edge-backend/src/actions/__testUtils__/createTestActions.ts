import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Knex } from 'knex';
import {
  createTestApprovals,
  createTestInventory,
  createTestRollouts,
  createTestStatus,
  createTestView,
  testFleetService,
  testSettings,
  TestPolicy,
} from '../../__testUtils__';
import {
  DatabaseApprovalStore,
  DatabaseAuditLog,
  DatabaseChangeRequestStore,
  DatabasePlanStore,
  DatabaseSourceStore,
  openDatabase,
} from '../../database';
import { createOperations, InventoryWriter } from '../../service';
import { registerActions } from '../registerActions';

/** The registered actions over the test fleet and a real database, called by a user who may do all but what the policy denies. @internal */
export async function createTestActions(connection: Knex) {
  const knex = await openDatabase(
    mockServices.database({
      knex: connection,
      migrations: { skip: false },
    }),
  );
  const inventory = await createTestInventory(knex);
  const sources = DatabaseSourceStore.create({ knex });
  const policy = new TestPolicy();
  const registry = actionsRegistryServiceMock();
  const auditor = mockServices.auditor.mock();
  const event = { success: jest.fn(), fail: jest.fn() };
  auditor.createEvent.mockResolvedValue(event);
  const fleet = testFleetService(createTestView());
  const signOffGuard = jest.spyOn(fleet, 'signOffGuard');
  const settleDrift = jest.spyOn(fleet, 'settleDrift');
  const commandRollout = jest.spyOn(fleet, 'commandRollout');
  const mergeChangeRequest = jest.spyOn(fleet, 'mergeChangeRequest');
  const changeRequests = DatabaseChangeRequestStore.create({ knex });
  registerActions({
    actionsRegistry: registry,
    accessFactory: policy.accessFactory(fleet),
    auditor,
    operations: createOperations({
      fleet,
      status: createTestStatus(),
      plans: DatabasePlanStore.create({ knex }),
      changeRequests,
      rollouts: createTestRollouts(),
      approvals: createTestApprovals(DatabaseApprovalStore.create({ knex })),
      inventory,
      audit: DatabaseAuditLog.create({ knex }),
      sources,
      writer: InventoryWriter.create({ inventory, onWrite: jest.fn() }),
      catalog: catalogServiceMock({ entities: [] }),
      ...testSettings,
      inventorySync: { sync: jest.fn() },
      logger: mockServices.logger.mock(),
    }),
  });
  const invoke = async (name: string, input: object): Promise<any> =>
    (
      await registry.invoke({
        id: `test:${name}`,
        input: input as any,
        credentials: mockCredentials.user(),
      })
    ).output;
  return {
    ...{ invoke, registry, inventory, sources, policy, auditor, event },
    ...{ signOffGuard, settleDrift, commandRollout, mergeChangeRequest },
    changeRequests,
  };
}
