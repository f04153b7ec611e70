import { Knex } from 'knex';
import { DatabaseInventoryStore, InventoryStore } from '../database';
import { testClustersOfApi } from './testCalls';
import { createTestView } from './testFleet';

/** The inventory that the test fleet is made of, and some clusters that originate in the API. @internal */
export async function createTestInventory(knex: Knex): Promise<InventoryStore> {
  const inventory = DatabaseInventoryStore.create({ knex });
  const { clusters, groups, namespaces, applications, policies } =
    createTestView().inventory;
  await inventory.replaceFromOrigin(
    { type: 'catalog' },
    [clusters, groups, namespaces, applications, policies]
      .flat()
      .map(entity => ({
        entity,
        location: 'url:https://example.org/fleet.yaml',
      })),
    { actor: 'plugin:res-edge', operation: 'sync' },
  );
  await inventory.apply(
    testClustersOfApi.map(entity => ({
      action: 'create',
      kind: 'EdgeCluster',
      name: entity.metadata.name,
      entity,
    })),
    { actor: 'user:default/ann', origin: { type: 'api' } },
  );
  return inventory;
}
