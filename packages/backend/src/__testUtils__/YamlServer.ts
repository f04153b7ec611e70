import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';

/** Serves files of YAML that tests change, as a host of repositories would. */
export class YamlServer {
  private readonly files = new Map<string, string>();
  private readonly server = createServer(({ url = '' }, response) => {
    const text = this.files.get(url);
    response.writeHead(text === undefined ? 404 : 200);
    response.end(text);
  });

  static async start(): Promise<YamlServer> {
    const found = new YamlServer();
    await new Promise<void>(resolve =>
      found.server.listen(0, '127.0.0.1', () => resolve()),
    );
    return found;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  urlOf(path: string): string {
    return `http://${this.host}${path}`;
  }

  /** Documents of one file. */
  write(path: string, ...documents: (object | string)[]): void {
    this.files.set(
      path,
      documents
        .map(document =>
          typeof document === 'string' ? document : JSON.stringify(document),
        )
        .join('\n---\n'),
    );
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}
