import { TestDatabases } from '@backstage/backend-test-utils';
import { spawn } from 'node:child_process';
import { createRandom } from '../__testUtils__/createRandom';
import { ArtifactLabs, CONCURRENCY } from './__testUtils__/ArtifactLabs';
import { Mortality } from './__testUtils__/Mortality';

jest.mock('node:child_process', () => ({
  ...jest.requireActual('node:child_process'),
  spawn: jest.fn(),
}));

/** How often the process dies; with KILLS=100 it takes its time. */
const KILLS = Number(process.env.KILLS ?? 16);
const SEED = Number(process.env.SEED ?? 1);
/** In a row, before what is pushed is changed. */
const KILLS_A_RELEASE = 4;
/** Steps of the first push, and about those of a release's. */
const STEPS = { first: 230, next: 100 };
const DAY = 24 * 60 * 60 * 1000;
const BRANCH = 'delivery/shard-001';
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const mortality = new Mortality();

jest.setTimeout(3_600_000);

describe('a registry to which a backend pushes that dies', () => {
  let artifacts: ArtifactLabs;
  /** What the registry was asked for and did, whether or not anybody heard of it. */
  let done: string[];

  beforeEach(async () => {
    const actual = jest.requireActual('node:child_process');
    jest
      .mocked(spawn)
      .mockImplementation(mortality.mortal(actual.spawn) as never);
    artifacts = await ArtifactLabs.create(databases);
    mortality.bindDatabase(artifacts.labs.knex);
    const { registry } = artifacts;
    mortality.bindServer(registry);
    const { fault } = registry;
    done = [];
    registry.fault = request => {
      const failed = fault(request);
      const { method, path } = request;
      // Uploads have names that do not come again; what is uploaded has one.
      const upload = /^(\S+\/blobs\/)uploads\/.*[?&]digest=sha256%3A(\w+)/.exec(
        path,
      );
      const what = upload ? `${upload[1]}${upload[2]}` : path;
      if (failed !== 'cut-before') done.push(`${method} ${what}`);
      return failed;
    };
  });

  afterEach(async () => {
    mortality.live();
    await artifacts.remove();
  });

  /** What a process does that dies at a step. */
  async function dieAt(step: number, isDone: boolean): Promise<void> {
    mortality.dieAt(step, isDone);
    await artifacts
      .newProcess()
      .push()
      .catch(() => undefined);
  }

  /** The dead one's lease runs out. */
  async function restart(): Promise<void> {
    mortality.live();
    await artifacts.labs.knex('leases').update({ expires_at: 0 });
  }

  const ask = async (path: string, init?: RequestInit) => {
    const { host } = artifacts.registry;
    return fetch(`http://${host}/v2/fleet/clusters/${path}`, init);
  };

  /** The digests that a repository's tags name. */
  async function digestsOf(cluster: string): Promise<Set<string>> {
    const { tags } = await (await ask(`${cluster}/tags/list`)).json();
    const digests = new Set<string>();
    for (const tag of tags) {
      const { headers } = await ask(`${cluster}/manifests/${tag}`, {
        method: 'HEAD',
        headers: { accept: 'application/vnd.oci.image.manifest.v1+json' },
      });
      digests.add(headers.get('docker-content-digest')!);
    }
    return digests;
  }

  /** Each cluster gets what its branch says, and all that is there is known. */
  async function assertWhole(): Promise<void> {
    const { repository } = artifacts.labs.fleet;
    const commit = (await repository.resolve(BRANCH))!;
    const tree = await repository.read(commit, () => true);
    for (const cluster of artifacts.clusters()) {
      const { files } = await artifacts.pull(`clusters/${cluster}`);
      const own = [...tree.keys()].filter(path =>
        path.startsWith(`clusters/${cluster}/`),
      );
      expect([...files.keys()]).toEqual(expect.arrayContaining(own));
      for (const [path, content] of files) {
        expect([path, content.equals(tree.get(path)!)]).toEqual([path, true]);
      }
      const noted: string[] = await artifacts.labs
        .knex('pushed_artifacts')
        .where({ repository: `clusters/${cluster}` })
        .pluck('digest');
      expect(noted).toEqual(
        expect.arrayContaining([...(await digestsOf(cluster))]),
      );
    }
  }

  const twice = (list: readonly string[]) =>
    list.filter((item, index) => list.indexOf(item) !== index);

  it(`has what is delivered after ${KILLS} deaths, and nothing was pushed twice`, async () => {
    const random = createRandom(SEED);
    const below = (limit: number) => Math.floor(random() * limit);
    const deaths: string[] = [];
    for (let release = 1; deaths.length < KILLS; release++) {
      done.length = 0;
      const before = deaths.length;
      let steps = release === 1 ? STEPS.first : STEPS.next;
      for (
        let tries = 0;
        tries < KILLS_A_RELEASE && deaths.length < KILLS;
        tries++
      ) {
        const step = 1 + below(steps);
        const isDone = below(2) === 0;
        await dieAt(step, isDone);
        const { died } = mortality;
        if (died === undefined) {
          // All is pushed.
          steps = mortality.steps;
          break;
        }
        deaths.push(`release ${release}, step ${step}, ${isDone}: ${died}`);
        await restart();
      }
      await restart();
      await artifacts.newProcess().push();
      const last = deaths.slice(before);
      const again = twice(
        done.filter(asked =>
          /^(?:PUT \S+\/(?:blobs|manifests)\/|DELETE )/.test(asked),
        ),
      );
      // Of those under way: the tag that stays is put before the other one moves, and what is deleted is forgotten then.
      const harmless = again.filter(asked =>
        /\/manifests\/\d{4}-|^DELETE /.test(asked),
      );
      expect([last, again]).toEqual([last, harmless]);
      expect(harmless.length).toBeLessThanOrEqual(last.length * CONCURRENCY);
      await assertWhole();
      done.length = 0;
      expect(await artifacts.newProcess().push()).toBe(0);
      expect(done).toEqual(
        artifacts.clusters().map(() => expect.stringMatching(/^GET /)),
      );
      artifacts.clock.now = new Date(artifacts.clock.now.getTime() + 50 * DAY);
      await artifacts.release(`9.9.${release}`);
    }
  });
});
