import { createServer, IncomingHttpHeaders, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** What a route answers; `type` is that of JSON where it is left out. */
export interface TestAnswer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** A request that came. */
export interface TestRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const opened: Server[] = [];
afterAll(async () => {
  for (const server of opened) {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  }
});

/** A server on loopback that answers as told, and remembers what was asked; it ends after the tests of a file. */
export class TestServer {
  private constructor(readonly url: string, readonly requests: TestRequest[]) {}

  static async create(
    answer: (request: TestRequest) => TestAnswer,
  ): Promise<TestServer> {
    const requests: TestRequest[] = [];
    const server = createServer((incoming, outgoing) => {
      let body = '';
      incoming.on('data', chunk => {
        body += chunk;
      });
      incoming.on('end', () => {
        const url = new URL(incoming.url!, 'http://localhost');
        const request = {
          method: incoming.method!,
          path: url.pathname,
          query: url.searchParams,
          headers: incoming.headers,
          body,
        };
        requests.push(request);
        const { status = 200, headers = {}, body: text } = answer(request);
        outgoing.writeHead(status, {
          'content-type': 'application/json; charset=utf-8',
          ...headers,
        });
        outgoing.end(typeof text === 'string' ? text : JSON.stringify(text));
      });
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    opened.push(server);
    const { port } = server.address() as AddressInfo;
    return new TestServer(`http://127.0.0.1:${port}`, requests);
  }
}
