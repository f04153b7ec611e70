import { createHash } from 'node:crypto';
import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** What it answers. */
export interface ChartAnswer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
  /** Ends the connection instead. */
  readonly cut?: boolean;
}

/** A repository of charts on loopback: an index, and archives. */
export class ChartServer {
  readonly requests: Pick<IncomingMessage, 'url' | 'headers'>[] = [];
  /** By path. */
  readonly answers = new Map<string, ChartAnswer>();

  private constructor(private readonly server: Server) {}

  static async create(): Promise<ChartServer> {
    const server = createServer();
    const created = new ChartServer(server);
    server.on('request', (request, response) => {
      const { url, headers } = request;
      created.requests.push({ url, headers });
      const answer = created.answers.get(url!) ?? { status: 404 };
      if (answer.cut) {
        request.socket.destroy();
        return;
      }
      response
        .writeHead(answer.status ?? 200, answer.headers)
        .end(answer.body ?? '');
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return created;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `http://${this.host}/charts`;
  }

  /** Lists versions of a chart, with their archives. */
  list(chart: string, versions: ReadonlyMap<string, Uint8Array>): void {
    const entries = [...versions].map(([version, archive]) => {
      const file = `${chart}-${version}.tgz`;
      this.answers.set(`/charts/${file}`, { body: archive });
      const digest = createHash('sha256').update(archive).digest('hex');
      return `    - { name: ${chart}, version: ${version}, digest: ${digest}, urls: [${file}] }`;
    });
    const body = `apiVersion: v1\nentries:\n  ${chart}:\n${entries.join(
      '\n',
    )}\n`;
    this.answers.set('/charts/index.yaml', { body });
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }
}
