import { Knex } from 'knex';
import assert from 'node:assert';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { TestGitServer } from '../../__testUtils__/gitServer';
import { GitRepository } from '../../git';
import { ENVIRONMENT, openSmallFleet } from './openSmallFleet';
import { readYaml, TestFleet } from './TestFleet';

/** In the repository that holds all. */
const BRANCHES = {
  main: `environment/${ENVIRONMENT}`,
  delivery: `delivery/${ENVIRONMENT}-001`,
};
const LABS = path.resolve(__dirname, '../../../../../examples/labs');

/** Three stores with two applications, whose repository is on a GitHub of the test; and what must hold of it at rest. */
export class SmallGitHubFleet {
  /** What the application imdb asks for; a change of it needs a person. */
  pageSize = 100;
  /** What the root of all groups says; decided as it is registered. */
  banner = 0;
  /** How often what was asked for was taken back: each closes a pull request at most. */
  withdrawals = 0;
  /** Tips that were seen: none of them may be lost. */
  readonly #seen = new Map<string, string>();

  private constructor(
    readonly folder: string,
    readonly server: TestGitServer,
    /** The repository of the stores' environment. */
    private readonly stores: GitRepository,
  ) {}

  static async create(): Promise<SmallGitHubFleet> {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-small-'));
    await fs.cp(path.join(LABS, 'apps'), path.join(folder, 'fleet/apps'), {
      recursive: true,
    });
    const server = await TestGitServer.create();
    const stores = await GitRepository.open(
      await server.addRepository(ENVIRONMENT),
    );
    const small = new SmallGitHubFleet(folder, server, stores);
    await small.register();
    return small;
  }

  get yamlFolder(): string {
    return path.join(this.folder, 'fleet');
  }

  async remove(): Promise<void> {
    await this.server.close();
    await fs.rm(this.folder, { recursive: true, force: true });
  }

  /** Writes the YAML as it is asked for now. */
  async register(): Promise<void> {
    const entities = (await readYaml(LABS)).map(({ entity }) => entity);
    const named = (kind: string, names: RegExp) =>
      entities.filter(
        entity => entity.kind === kind && names.test(entity.metadata.name),
      );
    const groups = named('EdgeGroup', /./);
    const [{ spec: root }] = groups as { spec: { values?: object } }[];
    root.values = { ...root.values, banner: `Welcome ${this.banner}` };
    const applications = named('EdgeApplication', /^(imdb|redis)$/);
    for (const { metadata, spec } of applications) {
      const values = { logLevel: 'Warning', pageSize: String(this.pageSize) };
      if (metadata.name === 'imdb') Object.assign(spec, { values });
    }
    const files = {
      facts: named('EdgeCluster', /nola/),
      direct: [...groups, ...named('EdgeNamespace', /^imdb$/)],
      applications,
    };
    for (const [name, list] of Object.entries(files)) {
      const documents = list.map(entity =>
        stringify(entity, { aliasDuplicateObjects: false }),
      );
      await fs.writeFile(
        path.join(this.yamlFolder, `${name}.yaml`),
        documents.join('---\n'),
      );
    }
  }

  /** A backend over a database. */
  async open(
    knex: Knex,
    options: { direct?: string[]; copy?: string } = {},
  ): Promise<TestFleet> {
    const { folder, server } = this;
    return openSmallFleet(knex, { host: server.host, folder, ...options });
  }

  /** The branches on the server. */
  async refs(): Promise<Map<string, string>> {
    const lines = await this.server.git(
      'for-each-ref',
      '--format=%(refname:lstrip=2) %(objectname)',
      'refs/heads',
    );
    return new Map(lines.split('\n').map(line => line.split(' ') as never));
  }

  /** Everything is as if nothing had happened: nothing lost, nothing doubled, nothing left to do. */
  async assertWhole(fleet: TestFleet): Promise<void> {
    const after = await this.refs();
    // Not strictly: what a mocked module makes may have arrays of another realm.
    assert.deepEqual(after, await fleet.repository.branches());
    await this.assertHistory(fleet, after);
    assert.deepEqual(
      await this.stores.branches(),
      new Map([
        [BRANCHES.delivery, after.get(BRANCHES.delivery)],
        ['main', after.get(BRANCHES.main)],
      ]),
    );
    const proposals = [...after].filter(([name]) =>
      name.startsWith('res-edge/'),
    );
    await this.assertPullRequests(fleet, proposals);
    await this.assertContents(fleet, proposals[0]?.[0] ?? 'main');

    const { api } = this.server;
    api.calls.length = 0;
    await fleet.automation.run('test');
    assert.deepEqual(await this.refs(), after);
    assert.deepEqual(api.calls, ['GET /pulls']);
  }

  private async assertHistory(
    fleet: TestFleet,
    refs: ReadonlyMap<string, string>,
  ): Promise<void> {
    const { repository } = fleet;
    for (const branch of ['main', ...Object.values(BRANCHES)]) {
      const before = this.#seen.get(branch);
      const tip = refs.get(branch)!;
      if (before)
        assert.strictEqual(await repository.mergeBase(before, tip), before);
      this.#seen.set(branch, tip);
    }
    assert.strictEqual(
      await this.server.git('rev-list', '--merges', BRANCHES.delivery),
      '',
    );
  }

  /** One for each branch and each open change request, of the same commit. */
  private async assertPullRequests(
    fleet: TestFleet,
    proposals: readonly (readonly [branch: string, commit: string])[],
  ): Promise<void> {
    const { changeRequests } = fleet.stores;
    const requests = await changeRequests.listOpen();
    assert.deepEqual(
      requests.map(({ branch, headCommit }) => [branch, headCommit]).sort(),
      proposals,
    );
    const pulls = await this.server.api.pulls.all();
    assert.deepEqual(
      pulls
        .filter(({ state }) => state === 'open')
        .map(({ number, head }) => [head.ref, head.sha, number])
        .sort(),
      requests
        .map(({ branch, headCommit, pullRequest }) => [
          branch,
          headCommit,
          pullRequest?.number,
        ])
        .sort(),
    );
    const { total } = await changeRequests.list({ limit: 1, state: 'merged' });
    const ended = pulls.filter(({ state }) => state === 'closed');
    const { length: merged } = ended.filter(pull => pull.merged);
    assert.equal(merged, total);
    assert.ok(ended.length - merged <= this.withdrawals, 'Closed for nothing');
  }

  private async assertContents(
    fleet: TestFleet,
    proposal: string,
  ): Promise<void> {
    assert.deepEqual(await fleet.automation.listDrift(), []);
    assert.deepEqual(fleet.automation.view()!.problems, []);
    const group = await fleet.read('main', 'groups/stores/group.yaml');
    assert.match(group!, new RegExp(`Welcome ${this.banner}\\b`));
    const release = await fleet.read(proposal, 'apps/imdb/release.yaml');
    assert.match(release!, new RegExp(`"${this.pageSize}"`));
  }
}
