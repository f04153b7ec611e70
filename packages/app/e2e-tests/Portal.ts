import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { eventually } from './eventually';
import { backendIsReady, startBackend } from '../../../tools/backend.mjs';

const root = path.resolve(__dirname, '../../..');

const NOTHING = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Location',
  metadata: { name: 'nothing' },
  spec: { targets: [] },
};

/** What the API says of the fleet, as far as tests read it. */
export interface Fleet {
  clusters: { total: number };
  openChangeRequests: number;
  delivery: { clusters: number; state: string };
}

export interface PortalOptions {
  /** A folder of examples/ with an all.yaml, such as `labs`: its copy is the fleet. No cluster where left out. */
  fleet?: string;
  /** More configuration; what it names replaces the harness's own. */
  config?: Record<string, unknown>;
}

/**
 * A portal of its own for one test file: backend and built frontend, with databases, Git repository and a copy of
 * the fleet's YAML in a temporary folder.
 */
export class Portal {
  private token: string | undefined;

  private constructor(
    /** Holds everything: `fleet`, `requests`, `data`, `gitops.git`, `portal.log`. */
    readonly folder: string,
    readonly url: string,
    private readonly port: number,
    private backend: ReturnType<typeof startBackend>,
  ) {}

  /** With the labs fleet, when all of its 18 clusters have their bills. */
  static async startWithLabs(): Promise<Portal> {
    const portal = await Portal.start({ fleet: 'labs' });
    await eventually(
      'the labs fleet is delivered',
      async () => {
        const fleet = await portal.api<Fleet>('res-edge/v1/fleet');
        return fleet.clusters.total === 18 && fleet.delivery.clusters === 18;
      },
      120,
    );
    return portal;
  }

  static async start(options: PortalOptions = {}): Promise<Portal> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'res-edge-portal-'));
    for (const name of ['fleet', 'requests']) {
      fs.mkdirSync(path.join(folder, name));
    }
    if (options.fleet) {
      fs.cpSync(
        path.join(root, 'examples', options.fleet),
        path.join(folder, 'fleet'),
        { recursive: true },
      );
    }
    const all = path.join(folder, 'fleet', 'all.yaml');
    if (!fs.existsSync(all)) fs.writeFileSync(all, JSON.stringify(NOTHING));
    const config = { ...configuration(folder), ...options.config };
    fs.writeFileSync(
      path.join(folder, 'app-config.yaml'),
      JSON.stringify(config, undefined, 2),
    );
    const port = await freePort();
    const backend = launch(folder, port);
    const portal = new Portal(
      folder,
      `http://localhost:${port}`,
      port,
      backend,
    );
    await portal.untilReady();
    return portal;
  }

  /** Ends the backend and starts it again over the same data. */
  async restart(): Promise<void> {
    await this.backend.stop();
    this.backend = launch(this.folder, this.port);
    this.token = undefined;
    await this.untilReady();
  }

  /** Ends the backend, keeps its log in test-results, and removes the rest. */
  async stop(): Promise<void> {
    await this.backend.stop();
    const results = path.join(root, 'test-results');
    fs.mkdirSync(results, { recursive: true });
    fs.copyFileSync(
      path.join(this.folder, 'portal.log'),
      path.join(results, `portal-${this.port}.log`),
    );
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** Writes, or with `undefined` removes, a file below the portal's folder: YAML that the catalog reads again soon. */
  write(file: string, text: string | undefined): void {
    const target = path.join(this.folder, file);
    if (text === undefined) {
      fs.rmSync(target, { force: true });
      return;
    }
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
  }

  read(file: string): string {
    return fs.readFileSync(path.join(this.folder, file), 'utf8');
  }

  /** What git says of the portal's own repository. */
  git(...args: string[]): string {
    return execFileSync('git', args, {
      cwd: path.join(this.folder, 'gitops.git'),
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
  }

  /** Calls the REST API of a plugin as the guest, such as `api('res-edge/v1/fleet')`. */
  async api<T>(apiPath: string, body?: unknown): Promise<T> {
    this.token ??= await this.signIn();
    const response = await fetch(`${this.url}/api/${apiPath}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${apiPath}: ${response.status} ${text}`);
    }
    return JSON.parse(text);
  }

  private async signIn(): Promise<string> {
    const response = await fetch(`${this.url}/api/auth/guest/refresh`);
    const { backstageIdentity } = (await response.json()) as {
      backstageIdentity: { token: string };
    };
    return backstageIdentity.token;
  }

  private async untilReady(): Promise<void> {
    if (await backendIsReady(this.backend, this.url, 120)) return;
    const log = this.read('portal.log').slice(-5000);
    await this.backend.stop();
    throw new Error(`The backend did not start; the end of its log:\n${log}`);
  }
}

function configuration(folder: string) {
  const kinds = [
    'EdgeCluster',
    'EdgeGroup',
    'EdgeNamespace',
    'EdgeApplication',
    'EdgePolicy',
  ];
  return {
    backend: {
      database: {
        client: 'better-sqlite3',
        connection: { directory: path.join(folder, 'data') },
      },
    },
    catalog: {
      // Tests change files and wait for what follows.
      processingInterval: '3s',
      locations: [
        ...['fleet/all.yaml', 'requests/*.yaml'].map(target => ({
          type: 'file',
          target: path.join(folder, target),
          rules: [{ allow: kinds }],
        })),
        {
          type: 'file',
          target: path.join(root, 'backstage.yaml'),
        },
        {
          type: 'file',
          target: path.join(root, 'examples/org.yaml'),
          rules: [{ allow: ['User', 'Group'] }],
        },
      ],
    },
    resEdge: {
      git: { type: 'local', folder: path.join(folder, 'gitops.git') },
      registration: {
        rules: [{ kinds, locations: [`file:${folder}/*`] }],
      },
      changes: {
        direct: [
          {
            kinds: kinds.filter(kind => kind !== 'EdgeCluster'),
            locations: [`file:${path.join(folder, 'fleet')}/*`],
          },
        ],
      },
    },
  };
}

function launch(folder: string, port: number) {
  const log = fs.openSync(path.join(folder, 'portal.log'), 'a');
  try {
    return startBackend({
      configs: [
        path.join(root, 'app-config.yaml'),
        path.join(folder, 'app-config.yaml'),
      ],
      port,
      stdio: ['ignore', log, log],
    });
  } finally {
    fs.closeSync(log);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address
          ? resolve(address.port)
          : reject(new Error('No free port')),
      );
    });
  });
}
