import { mockServices } from '@backstage/backend-test-utils';
import { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import { InventoryRecord } from '@res-edge/backstage-plugin-res-edge-common';
import { InventoryProvider } from './InventoryProvider';
import { InventoryChanges, InventoryReader } from './InventoryReader';

function record(
  name: string,
  origin: InventoryRecord['origin'] = { type: 'api' },
): InventoryRecord {
  return {
    entity: {
      apiVersion: 'res-edge.io/v1alpha1',
      kind: 'EdgeCluster',
      metadata: {
        name,
        namespace: 'default',
        annotations: { 'example.org/note': 'kept' },
      },
      spec: { environment: 'prod' },
    },
    origin,
    revision: 1,
  };
}

function createProvider() {
  const reader = {
    readAll: jest.fn<Promise<InventoryChanges>, []>(),
    changesSince: jest.fn<Promise<InventoryChanges | undefined>, [number]>(),
  };
  const mutations: EntityProviderMutation[] = [];
  const connection = {
    applyMutation: jest.fn(async (mutation: EntityProviderMutation) => {
      mutations.push(mutation);
    }),
    refresh: jest.fn(),
  };
  const provider = InventoryProvider.create({
    reader: reader as InventoryReader,
    logger: mockServices.logger.mock(),
  });
  return { provider, reader, connection, mutations };
}

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => record(`c-${index}`));

describe('InventoryProvider', () => {
  it('gives everything at first, and then what changed, in parts', async () => {
    const { provider, reader, connection, mutations } = createProvider();
    await provider.refresh();
    expect(reader.readAll).not.toHaveBeenCalled();

    await provider.connect(connection);
    reader.readAll.mockResolvedValueOnce({
      revision: 7,
      records: [record('a', { type: 'provider', location: 'azure-arc' })],
      deleted: [],
    });
    await provider.refresh();
    const annotations = {
      'example.org/note': 'kept',
      'backstage.io/managed-by-location': 'res-edge:inventory',
      'backstage.io/managed-by-origin-location': 'res-edge:inventory',
    };
    expect(mutations).toEqual([
      {
        type: 'full',
        entities: [
          {
            locationKey: 'res-edge:inventory',
            entity: {
              apiVersion: 'res-edge.io/v1alpha1',
              kind: 'EdgeCluster',
              metadata: {
                name: 'a',
                namespace: 'default',
                annotations: {
                  ...annotations,
                  'res-edge.io/origin': 'provider:azure-arc',
                },
              },
              spec: { environment: 'prod' },
            },
          },
        ],
      },
    ]);

    mutations.length = 0;
    reader.changesSince.mockResolvedValueOnce({
      revision: 9,
      records: many(2500),
      deleted: [{ kind: 'EdgeCluster', name: 'a' }],
    });
    await provider.refresh();
    expect(reader.changesSince).toHaveBeenLastCalledWith(7, undefined);
    expect(mutations).toMatchObject([
      {
        type: 'delta',
        added: [],
        removed: [
          {
            entityRef: 'edgecluster:default/a',
            locationKey: 'res-edge:inventory',
          },
        ],
      },
      { type: 'delta', added: { length: 1000 }, removed: [] },
      { type: 'delta', added: { length: 1000 }, removed: [] },
      { type: 'delta', added: { length: 500 }, removed: [] },
    ]);

    mutations.length = 0;
    reader.changesSince.mockResolvedValueOnce({
      revision: 9,
      records: [],
      deleted: [],
    });
    await provider.refresh();
    expect(reader.changesSince).toHaveBeenLastCalledWith(9, undefined);
    expect(mutations).toEqual([]);
  });

  it('gives everything again where the changes are not kept for so long', async () => {
    const { provider, reader, connection, mutations } = createProvider();
    await provider.connect(connection);
    reader.readAll.mockResolvedValue({ revision: 3, records: [], deleted: [] });
    reader.changesSince.mockResolvedValueOnce(undefined);
    await provider.refresh();
    await provider.refresh();
    expect(mutations.map(({ type }) => type)).toEqual(['full', 'full']);
  });

  it('goes on from where it was after an error', async () => {
    const { provider, reader, connection, mutations } = createProvider();
    await provider.connect(connection);
    reader.readAll.mockRejectedValueOnce(new Error('down'));
    await expect(provider.refresh()).rejects.toThrow('down');
    expect(mutations).toEqual([]);

    reader.readAll.mockResolvedValueOnce({
      revision: 3,
      records: many(1),
      deleted: [],
    });
    await provider.refresh();
    const changes = { revision: 4, records: many(1500), deleted: [] };
    reader.changesSince.mockResolvedValueOnce(changes);
    connection.applyMutation
      .mockResolvedValueOnce(undefined)
      .mockRejectedValueOnce(new Error('database'));
    await expect(provider.refresh()).rejects.toThrow('database');
    reader.changesSince.mockResolvedValueOnce(changes);
    await provider.refresh();
    expect(reader.changesSince).toHaveBeenNthCalledWith(2, 3, undefined);
  });
});
