import { TestDatabases } from '@backstage/backend-test-utils';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { TestGitServer, TOKEN } from '../../__testUtils__/gitServer';
import { GitRemote } from '../../git';
import { LabsFolder } from './LabsFolder';
import { TestFleet } from './TestFleet';

/** Clusters that are for trying. */
export const DEV = ['central-tx-atx-2301', 'central-tx-atx-2302'];
const ENVIRONMENTS = ['dev', 'prod'];
const HOUR = 3_600_000;

const RINGS = `
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: environments }
spec:
  type: rollout
  rings:
    - { name: dev, clusters: { expression: 'cluster.environment == "dev"' } }
    - { name: prod, clusters: { expression: 'cluster.environment == "prod"' }, soak: 1h }
`;

type OpenOptions = Parameters<LabsFolder['open']>[0];

/**
 * The demo fleet with clusters for trying, an application whose rings follow environments, and a server with an empty
 * repository of each environment.
 */
export class EnvironmentLabs {
  /** The automation that was opened last. */
  fleet!: TestFleet;
  private now = Date.parse('2026-11-25T08:00Z');
  private readonly bare = new Map<string, string>();

  private constructor(
    readonly folder: LabsFolder,
    readonly server: TestGitServer,
  ) {}

  static async create(databases: TestDatabases): Promise<EnvironmentLabs> {
    const server = await TestGitServer.create();
    const folder = await LabsFolder.create(databases);
    const labs = new EnvironmentLabs(folder, server);
    for (const name of ENVIRONMENTS)
      labs.bare.set(name, await server.addRepository(name));
    for (const name of DEV) await labs.move(name, 'dev');
    await folder.write('rings.yaml', RINGS);
    await folder.edit('applications.yaml', text =>
      text.replace(
        /(name: imdb\n[^]*?)( +)(version: )/,
        '$1$2rollout: environments\n$2$3',
      ),
    );
    return labs;
  }

  async remove(): Promise<void> {
    await this.server.close();
    await this.folder.remove();
  }

  /** Opens an automation for environments with repositories. */
  async open(
    options: OpenOptions = {},
    environment: { moveClusters?: boolean } = {},
  ): Promise<TestFleet> {
    this.fleet = await this.folder.open({
      direct: ['*'],
      now: () => new Date(this.now),
      environments: ENVIRONMENTS.map(name => ({
        ...{ name, environments: [name], ...environment },
        remote: this.remoteAt(`http://${this.server.host}/fleet/${name}`),
      })),
      ...options,
    });
    return this.fleet;
  }

  remoteAt(url: string): GitRemote {
    const password = Buffer.from(`x:${TOKEN}`).toString('base64');
    return GitRemote.create({
      url,
      headers: async () => ({ Authorization: `Basic ${password}` }),
    });
  }

  /** Registers a version of the application that goes through rings. */
  async register(version: string): Promise<void> {
    await this.folder.edit('applications.yaml', text =>
      text.replace(/(name: imdb\n[^]*?version: )\S+/, `$1${version}`),
    );
  }

  /** Registers a cluster in the other environment. */
  async move(cluster: string, environment: string): Promise<void> {
    await this.folder.edit('clusters.yaml', text =>
      text.replace(
        new RegExp(`(name: ${cluster}\\n[^]*?environment: )\\w+`),
        `$1${environment}`,
      ),
    );
  }

  async run(hours = 0): Promise<void> {
    this.now += hours * HOUR;
    await this.fleet.automation.run('test');
  }

  /** What is said to be wrong. */
  problems(): string[] {
    const { problems } = this.fleet.automation.view()!;
    return problems.map(({ message }) => message);
  }

  /** The folder of an environment's repository. */
  folderOf(environment: string): string {
    return this.bare.get(environment)!;
  }

  /** git in the repository of an environment, or in the one that holds all. */
  async git(where: string, ...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)('git', [
      ...['-c', 'user.name=Eve', '-c', 'user.email=eve@example.org'],
      `--git-dir=${this.bare.get(where) ?? this.folder.gitFolder}`,
      ...args,
    ]);
    return stdout.trim();
  }
}
