import { mockServices } from '@backstage/backend-test-utils';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { ClientInventoryReader } from './InventoryReader';

describe('ClientInventoryReader', () => {
  let server: Server;
  const requests: { url: string; authorization?: string }[] = [];
  let answers: { status?: number; body: unknown }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      requests.push({
        url: request.url!,
        authorization: request.headers.authorization,
      });
      const { status = 200, body } = answers.shift()!;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
  });

  afterAll(() => new Promise(resolve => server.close(resolve)));

  beforeEach(() => {
    requests.length = 0;
  });

  function createReader() {
    const { port } = server.address() as AddressInfo;
    return ClientInventoryReader.create({
      auth: mockServices.auth({ pluginId: 'catalog' }),
      discovery: {
        getBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
        getExternalBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
      },
    });
  }

  it('reads all pages, and goes on from the first one', async () => {
    answers = [
      { body: { revision: 5, records: ['a'], deleted: [], nextCursor: 'x' } },
      { body: { revision: 6, records: ['b'], deleted: [] } },
    ];
    await expect(createReader().readAll()).resolves.toEqual({
      revision: 5,
      records: ['a', 'b'],
      deleted: [],
    });
    expect(requests).toMatchObject([
      {
        url: '/api/res-edge/v1/records?limit=1000&origin=api&origin=provider',
        authorization: expect.stringMatching(/^Bearer ./),
      },
      {
        url: '/api/res-edge/v1/records?limit=1000&cursor=x&origin=api&origin=provider',
      },
    ]);
  });

  it('knows when everything has to be read again', async () => {
    const reader = createReader();
    answers = [
      { body: { revision: 6, records: [], deleted: [] } },
      { status: 410, body: { error: { name: 'GoneError', message: 'gone' } } },
      { status: 503, body: { error: { name: 'X', message: 'starting' } } },
    ];
    await expect(reader.changesSince(5)).resolves.toMatchObject({
      revision: 6,
    });
    await expect(reader.changesSince(5)).resolves.toBeUndefined();
    await expect(reader.changesSince(5)).rejects.toThrow('starting');
    expect(requests[0].url).toBe(
      '/api/res-edge/v1/records?since=5&origin=api&origin=provider',
    );
  });
});
