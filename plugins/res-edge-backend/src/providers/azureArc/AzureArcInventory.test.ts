import { TokenCredential } from '@azure/core-auth';
import { mockServices } from '@backstage/backend-test-utils';
import { ProvidedCluster } from '@res-edge/backstage-plugin-res-edge-node';
import {
  Answer,
  answerOf,
  connectedCluster,
  ResourceGraphServer,
} from './__testUtils__/resourceGraph';
import { AzureArcInventory } from './AzureArcInventory';

const SECRET = 'secret-token';

describe('AzureArcInventory', () => {
  let server: ResourceGraphServer;
  const waits: number[] = [];
  const credential: TokenCredential = {
    getToken: jest.fn(async () => ({
      token: SECRET,
      expiresOnTimestamp: Date.now() + 60_000,
    })),
  };

  beforeAll(async () => {
    server = await ResourceGraphServer.start();
  });

  afterAll(() => server.stop());

  beforeEach(() => {
    server.reset();
    waits.length = 0;
  });

  function inventory(more: object = {}, own = credential): AzureArcInventory {
    const config = mockServices.rootConfig({
      data: {
        resEdge: {
          providers: {
            azureArc: {
              endpoint: server.url,
              tags: { groups: [{ tag: 'region', prefix: 'geo.us.' }] },
              ...more,
            },
          },
        },
      },
    });
    return AzureArcInventory.fromConfig(config, {
      credential: own,
      wait: async milliseconds => {
        waits.push(milliseconds);
      },
    })!;
  }

  async function read(from = inventory()): Promise<ProvidedCluster[]> {
    const clusters: ProvidedCluster[] = [];
    const signal = new AbortController().signal;
    for await (const cluster of from.readClusters({ signal })) {
      clusters.push(cluster);
    }
    return clusters;
  }

  it('reads page by page, and maps what a cluster is', async () => {
    server.answers = [
      {
        body: answerOf([connectedCluster('Central-TX-2301')], {
          totalRecords: 2,
          resultTruncated: 'true',
          $skipToken: 'page-2',
        }),
      },
      {
        body: answerOf(
          [
            connectedCluster('central-tx-2302', {
              tags: null,
              properties: { provisioningState: 'Accepted', totalCoreCount: 0 },
            }),
          ],
          { totalRecords: 2 },
        ),
      },
    ];
    const configured = inventory({
      subscriptions: ['00000000-0000-0000-0000-000000000001'],
      types: ['arc', 'aks'],
    });
    expect(configured.getProviderName()).toBe('azure-arc');
    await expect(read(configured)).resolves.toEqual([
      {
        metadata: {
          name: 'central-tx-2301',
          title: 'Central-TX-2301',
          annotations: {
            'res-edge.io/azure-resource-id':
              '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/stores/providers/Microsoft.Kubernetes/connectedClusters/Central-TX-2301',
          },
          labels: {
            ring: 'beta',
            'azure-location': 'southcentralus',
            'azure-resource-group': 'stores',
            'azure-subscription': '00000000-0000-0000-0000-000000000001',
            distribution: 'k3s',
            infrastructure: 'generic',
          },
        },
        spec: {
          groups: ['geo.us.central', 'geo.us.central.tx'],
          attributes: {
            Address: '1 Main St',
            'kubernetes-version': '1.32.5+k3s1',
          },
          capacity: { cpu: '8' },
          state: 'active',
        },
      },
      {
        metadata: {
          name: 'central-tx-2302',
          annotations: expect.anything(),
          labels: expect.anything(),
        },
        spec: { state: 'provisioning' },
      },
    ]);
    expect(server.requests).toMatchObject([
      {
        url: '/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01',
        headers: { authorization: `Bearer ${SECRET}` },
        body: {
          subscriptions: ['00000000-0000-0000-0000-000000000001'],
          query:
            "resources | where type in~ ('microsoft.kubernetes/connectedclusters', 'microsoft.containerservice/managedclusters') | project id, name, location, resourceGroup, subscriptionId, tags, properties | order by id asc",
          options: { resultFormat: 'objectArray', $top: 1000 },
        },
      },
      { body: { options: { $skipToken: 'page-2' } } },
    ]);
    expect(credential.getToken).toHaveBeenCalledWith(
      `${server.url}/.default`,
      expect.anything(),
    );
  });

  it('waits as long as it is asked to, and tries again', async () => {
    server.answers = [
      { status: 429, headers: { 'retry-after': '7' }, body: '' },
      {
        status: 429,
        headers: {
          'retry-after': new Date(Date.now() + 3_600_000).toUTCString(),
        },
        body: '',
      },
      { status: 503, body: 'busy' },
      { body: answerOf([connectedCluster('a')]) },
    ];
    await expect(read()).resolves.toHaveLength(1);
    expect(waits).toEqual([7_000, 60_000, 8_000]);
  });

  it.each<[string, Answer[], string, RegExp]>([
    [
      'is not let in',
      [{ status: 401, body: { error: { message: SECRET } } }],
      'AuthenticationError',
      /answers 401$/,
    ],
    ['may not', [{ status: 403, body: '' }], 'NotAllowedError', /role Reader/],
    [
      'is throttled for ever',
      Array.from({ length: 5 }, () => ({ status: 429, body: '' })),
      'ServiceUnavailableError',
      /answers 429/,
    ],
    [
      'is sent elsewhere',
      [{ status: 307, headers: { location: 'http://127.0.0.1:1' }, body: '' }],
      'ServiceUnavailableError',
      /cannot be reached/,
    ],
    [
      'gets no JSON',
      [{ body: '<html>' }],
      'ServiceUnavailableError',
      /no JSON/,
    ],
    ['gets null', [{ body: 'null' }], 'ServiceUnavailableError', /'data' is/],
    [
      'gets rows that are none',
      [{ body: answerOf(['a']) }],
      'ServiceUnavailableError',
      /'data' is no list of objects/,
    ],
    [
      'gets no total',
      [{ body: answerOf([], { totalRecords: undefined }) }],
      'ServiceUnavailableError',
      /'totalRecords'/,
    ],
    [
      'gets a part without the rest',
      [{ body: answerOf([connectedCluster('a')], { totalRecords: 60_000 }) }],
      'ServiceUnavailableError',
      /gave 1 of 60000 clusters/,
    ],
    [
      'is truncated',
      [{ body: answerOf([], { resultTruncated: 'true' }) }],
      'ServiceUnavailableError',
      /truncated/,
    ],
    [
      'is led in a circle',
      Array.from({ length: 2 }, () => ({
        body: answerOf([connectedCluster('a')], { $skipToken: 'again' }),
      })),
      'ServiceUnavailableError',
      /same page again/,
    ],
  ])('throws where it %s', async (_, given, name, message) => {
    server.answers = given;
    const error: Error = await read().then(
      () => new Error('nothing was thrown'),
      thrown => thrown,
    );
    expect(error.name).toBe(name);
    expect(error.message).toMatch(message);
    expect(JSON.stringify([error.message, error.stack])).not.toContain(SECRET);
  });

  it('says that there is no token, without what it was asked for with', async () => {
    await expect(
      read(
        inventory(
          {},
          {
            getToken: async () => {
              throw new Error(`invalid client secret ${SECRET}`);
            },
          },
        ),
      ),
    ).rejects.toThrow(
      /^No token for Azure: Error; check resEdge.providers.azureArc/,
    );
    await expect(
      read(inventory({}, { getToken: async () => null })),
    ).rejects.toThrow(/^No token for Azure/);
    expect(server.requests).toEqual([]);
  });

  it('ends when it is asked to', async () => {
    const controller = new AbortController();
    controller.abort(new Error('stopped'));
    const clusters = inventory().readClusters({ signal: controller.signal });
    await expect(clusters.next()).rejects.toThrow('stopped');
  });

  it.each<[object, RegExp]>([
    [{ endpoint: 'http://management.example.org' }, /azureArc.endpoint/],
    [{ endpoint: 'https://user@management.azure.com' }, /azureArc.endpoint/],
    [{ endpoint: 'https://management.azure.com/x' }, /azureArc.endpoint/],
    [{ endpoint: 'nonsense' }, /azureArc.endpoint/],
    [
      { types: ['eks'] },
      /azureArc.types: 'eks' is unknown; allowed are arc, aks/,
    ],
  ])('refuses the configuration %j', (more, message) => {
    expect(() => inventory(more)).toThrow(message);
  });

  it('needs a whole identity, and is not there without configuration', () => {
    expect(
      AzureArcInventory.fromConfig(mockServices.rootConfig()),
    ).toBeUndefined();
    expect(() =>
      AzureArcInventory.fromConfig(
        mockServices.rootConfig({
          data: {
            resEdge: {
              providers: { azureArc: { clientSecret: SECRET, clientId: 'x' } },
            },
          },
        }),
      ),
    ).toThrow(/a clientSecret needs tenantId and clientId/);
  });
});
