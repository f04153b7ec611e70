import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { askedOf, fail, Fault, ServerRequest } from '../fault';
import { TOKEN } from '../gitServer';
import { RegistryProcess } from './RegistryProcess';
import { forward } from './forward';

/** How the registry asks who somebody is. */
export type RegistryAuth = 'none' | 'basic' | 'token';

/** Whom it knows, where it asks. */
export const REGISTRY_USER = { username: 'res-edge', password: TOKEN };

const REALM = '/token';

/**
 * A real registry on loopback: Debian's docker-registry, behind a server that counts requests, lets them fail, and asks for
 * credentials as registries do.
 */
export class TestRegistry {
  /** Everything that was asked for. */
  readonly requests: ServerRequest[] = [];
  /** Says how a request fails. */
  fault: (request: ServerRequest) => Fault | undefined = () => undefined;

  private constructor(
    private readonly registry: RegistryProcess,
    private readonly server: Server,
    readonly auth: RegistryAuth,
  ) {}

  /**
   * @param options - `deletes`: whether manifests may be deleted; they may where left out
   * @throws Error where there is no docker-registry on this machine
   */
  static async create(
    options: { auth?: RegistryAuth; deletes?: boolean } = {},
  ): Promise<TestRegistry> {
    const server = createServer();
    const created = new TestRegistry(
      await RegistryProcess.start({ deletes: options.deletes ?? true }),
      server,
      options.auth ?? 'none',
    );
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

  /** Without a scheme, as an image's name begins. */
  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What was asked for since, as `PUT /v2/…`. */
  asked(method: string, path: RegExp = /^/): string[] {
    return this.requests
      .filter(asked => asked.method === method && path.test(asked.path))
      .map(asked => `${asked.method} ${asked.path}`);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
    await this.registry.stop();
  }

  private async answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const asked = askedOf(request, this.requests);
    const body = { errors: [{ code: 'FAULT', message: 'test' }] };
    if (fail(this.fault(asked), request, response, body)) return;
    if (this.auth === 'token' && request.url!.startsWith(REALM)) {
      this.giveToken(request, response);
      return;
    }
    const challenge = this.challengeOf(request);
    if (challenge === undefined) {
      await forward(this.registry.address, request, response);
      return;
    }
    request.resume();
    response
      .writeHead(401, { 'www-authenticate': challenge })
      .end('{"errors":[{"code":"UNAUTHORIZED"}]}');
  }

  /** What is asked of who shows nothing that is good enough. */
  private challengeOf(request: IncomingMessage): string | undefined {
    const { authorization } = request.headers;
    const repository = /^\/v2\/(.+)\/(?:blobs|manifests|tags)\//.exec(
      request.url!,
    )?.[1];
    if (this.auth === 'basic') {
      return isKnown(request) ? undefined : 'Basic realm="test"';
    }
    if (this.auth === 'none' || authorization === `Bearer for:${repository}`) {
      return undefined;
    }
    return `Bearer realm="http://${this.host}${REALM}",service="test",scope="repository:${repository}:pull,push"`;
  }

  /** A token is for one repository. */
  private giveToken(request: IncomingMessage, response: ServerResponse) {
    const { searchParams } = new URL(request.url!, `http://${this.host}`);
    const repository = /^repository:(.+):/.exec(
      searchParams.get('scope') ?? '',
    )?.[1];
    if (!isKnown(request) || searchParams.get('service') !== 'test') {
      response.writeHead(401).end('{}');
      return;
    }
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ token: `for:${repository}`, expires_in: 60 }));
  }
}

function isKnown({ headers }: IncomingMessage): boolean {
  const { username, password } = REGISTRY_USER;
  const wanted = Buffer.from(`${username}:${password}`).toString('base64');
  return headers.authorization === `Basic ${wanted}`;
}
