import { execFile } from 'node:child_process';
import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { askedOf, fail, Fault, ServerRequest } from '../fault';
import { GitHubApi } from './GitHubApi';
import { serveGit } from './serveGit';

export const TOKEN = 'test-token';

/** A real Git server on loopback, for clone and push, with the part of GitHub's API that Res-Edge uses. */
export class TestGitServer {
  /** Everything that was asked for. */
  readonly requests: ServerRequest[] = [];
  /** Says how a request fails. */
  fault: (request: ServerRequest) => Fault | undefined = () => undefined;

  private constructor(
    private readonly folder: string,
    private readonly server: Server,
    readonly api: GitHubApi,
  ) {}

  static async create(): Promise<TestGitServer> {
    const folder = await mkdtemp(path.join(tmpdir(), 'res-edge-server-'));
    const server = createServer();
    const api = GitHubApi.create(path.join(folder, 'fleet/gitops.git'));
    const created = new TestGitServer(folder, server, api);
    await mkdir(path.join(folder, 'fleet'));
    await promisify(execFile)('git', [
      ...['init', '--bare', '--quiet', '--template=', '--initial-branch=main'],
      created.repository,
    ]);
    server.on('request', (request, response) => {
      created.answer(request, response).catch(error => {
        response.writeHead(500).end(String(error.stack));
      });
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return created;
  }

  /** The bare repository. */
  get repository(): string {
    return path.join(this.folder, 'fleet/gitops.git');
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `http://${this.host}/fleet/gitops`;
  }

  /** Makes another bare repository beside the fleet's, and gives its folder. */
  async addRepository(name: string): Promise<string> {
    const folder = path.join(this.folder, 'fleet', `${name}.git`);
    await promisify(execFile)('git', [
      ...['init', '--bare', '--quiet', '--template=', '--initial-branch=main'],
      folder,
    ]);
    return folder;
  }

  /** git in the server's repository, as its administrator. */
  async git(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)('git', [
      ...['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org'],
      `--git-dir=${this.repository}`,
      ...args,
    ]);
    return stdout.trim();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
    await rm(this.folder, { recursive: true, force: true });
  }

  private async answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const asked = askedOf(request, this.requests);
    const body = { message: 'A fault of the test' };
    if (fail(this.fault(asked), request, response, body)) return;
    const authorization = request.headers.authorization ?? '';
    if (request.url!.startsWith('/api/')) {
      if (authorization !== `token ${TOKEN}`) {
        response.writeHead(401).end('{"message":"Bad credentials"}');
        return;
      }
      await this.api.answer(request, response);
      return;
    }
    const [, password] = Buffer.from(authorization.slice(6), 'base64')
      .toString('utf8')
      .split(':');
    if (password === TOKEN) await serveGit(this.folder, request, response);
    else
      response
        .writeHead(401, { 'www-authenticate': 'Basic realm="test"' })
        .end();
  }
}
