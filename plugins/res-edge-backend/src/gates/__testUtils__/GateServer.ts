import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';

/** What was asked. */
export interface GateServerRequest {
  readonly url?: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server on this machine that plays a Prometheus or a webhook, and whatever goes wrong with one. */
export class GateServer {
  readonly requests: GateServerRequest[] = [];
  /** Answers a request. */
  answer: (response: ServerResponse) => void = response => response.end();

  static async start(): Promise<GateServer> {
    const found = new GateServer();
    await new Promise<void>(resolve =>
      found.server.listen(0, '127.0.0.1', () => resolve()),
    );
    return found;
  }

  private readonly server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { url, headers } = request;
    const body = Buffer.concat(chunks).toString('utf8');
    this.requests.push({ url, headers, body });
    this.answer(response);
  });

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  answerJson(body: unknown, status = 200): void {
    this.answer = response => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
  }

  /** As Prometheus answers an instant query. */
  answerValues(...values: string[]): void {
    const result = values.map(value => ({ metric: {}, value: [1, value] }));
    this.answerJson({
      ...{ status: 'success', data: { resultType: 'vector', result } },
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}
