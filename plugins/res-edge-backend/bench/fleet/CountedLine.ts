import net, { AddressInfo, Server } from 'node:net';

/** A line to a server on loopback that counts what goes over it, in both directions. */
export class CountedLine {
  #bytes = 0;

  private constructor(private readonly server: Server) {}

  static async to(port: number): Promise<CountedLine> {
    const server = net.createServer();
    const line = new CountedLine(server);
    server.on('connection', from => {
      const to = net.connect(port, '127.0.0.1');
      for (const [one, other] of [
        [from, to],
        [to, from],
      ]) {
        one.on('data', chunk => {
          line.#bytes += chunk.length;
        });
        one.on('error', () => other.destroy());
        one.pipe(other);
      }
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return line;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What a task sends and gets, in bytes. */
  async bytesOf(task: () => unknown): Promise<number> {
    const before = this.#bytes;
    await task();
    return this.#bytes - before;
  }

  close(): void {
    this.server.close();
  }
}
