import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { DiscoveryService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { openapiDocument } from '@res-edge/backstage-plugin-res-edge-common';

// A busy machine may take long to answer.
jest.setTimeout(60_000);

export interface FakeAnswer {
  status?: number;
  body: unknown;
}

export interface FakeRequest {
  /** As in the OpenAPI document. */
  operationId: string;
  /** The parts of the path. */
  path: string[];
  query: URLSearchParams;
  body: unknown;
  /** Entity reference of the user in whose name the call is made. */
  user: string;
}

/** Speaks the REST API of the Res-Edge backend over HTTP, as far as a test says what to answer. */
export class FakeBackend {
  readonly requests: FakeRequest[] = [];
  /** Of the scaffolder, who calls. */
  readonly auth = mockServices.auth({ pluginId: 'scaffolder' });
  readonly discovery: DiscoveryService = {
    getBaseUrl: async pluginId => `${this.#origin}/api/${pluginId}`,
    getExternalBaseUrl: async pluginId => `${this.#origin}/api/${pluginId}`,
  };
  #origin = '';

  static async start(
    answer: (request: FakeRequest) => FakeAnswer,
  ): Promise<FakeBackend> {
    const server = createServer();
    const backend = new FakeBackend(server);
    server.on('request', async (request, response) => {
      let reply: FakeAnswer;
      try {
        const read = await backend.#read(request);
        backend.requests.push(read);
        reply = answer(read);
      } catch (error) {
        reply = {
          status: 400,
          body: { error: { name: 'Error', message: `${error}` } },
        };
      }
      response.writeHead(reply.status ?? 200, {
        'content-type': 'application/json',
      });
      response.end(JSON.stringify(reply.body));
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    backend.#origin = `http://127.0.0.1:${
      (server.address() as AddressInfo).port
    }`;
    return backend;
  }

  private constructor(private readonly server: Server) {}

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(done => this.server.close(done));
  }

  async #read(request: IncomingMessage): Promise<FakeRequest> {
    const url = new URL(request.url!, this.#origin);
    const operationId = operationOf(request.method!, url.pathname);
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    const { principal } = await mockServices
      .auth({ pluginId: 'res-edge' })
      .authenticate(token);
    const body = await text(request);
    return {
      operationId,
      path: url.pathname.split('/').slice(1),
      query: url.searchParams,
      body: body === '' ? undefined : JSON.parse(body),
      user: (principal as { userEntityRef?: string }).userEntityRef ?? '',
    };
  }
}

/** The operation of the contract that a request asks for; any other request is a mistake of the client. */
function operationOf(method: string, pathname: string): string {
  for (const [path, operations] of Object.entries(openapiDocument.paths)) {
    const pattern = new RegExp(
      `^/api/res-edge${path.replace(/\{\w+\}/g, '[^/]+')}$`,
    );
    const operation = operations[method.toLowerCase()];
    if (operation && pattern.test(pathname)) {
      return operation.operationId;
    }
  }
  throw new Error(`${method} ${pathname} is not in the OpenAPI document`);
}
