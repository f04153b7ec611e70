import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from './__testUtils__/createRandom';
import { StoreWriter } from './__testUtils__/StoreWriter';
import { TestReplica } from './__testUtils__/TestReplica';
import {
  createTestFleet,
  readYaml,
  TestFleet,
} from './automation/__testUtils__/TestFleet';
import { migrationsFolder } from './database/openDatabase';

const LABS = path.resolve(__dirname, '../../../examples/labs');
const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

const SEED = 41126;
const WRITERS = 3;
const NO_GUARD = 1_000_000;
/** How often a replica is killed, and for how long they are left alone between two of these. */
const KILLS = 3;
const QUIET_MILLISECONDS = [1_000, 5_000];

// A busy machine takes its time; nothing here asks how long.
jest.setTimeout(600_000);

async function until(what: string, isSo: () => Promise<boolean>) {
  for (let tries = 0; !(await isSo()); tries++) {
    if (tries > 1_000) throw new Error(`In vain: ${what}`);
    await sleep(200);
  }
}

// Processes write to one database: SQLite is for one.
describe.each(databases.eachSupportedId())(
  'three replicas, one of which dies now and then, %s',
  databaseId => {
    const random = createRandom(SEED);
    const replicas: TestReplica[] = [];
    let folder: string;
    let knex: Knex;
    let fleet: TestFleet;
    let isOver = false;
    /** What goes on until then. */
    const clients: Promise<unknown>[] = [];

    beforeAll(async () => {
      folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-replicas-'));
      knex = await databases.init(databaseId);
      await knex.migrate.latest({ directory: migrationsFolder });
      fleet = await createTestFleet({
        knex,
        yamlFolder: LABS,
        gitFolder: path.join(folder, 'gitops.git'),
        direct: ['*'],
        guardAtLeast: NO_GUARD,
      });
      // What people registered, as the catalog's sweep reads it.
      await fleet.stores.inventory.replaceFromOrigin(
        { type: 'catalog' },
        await readYaml(LABS),
        { actor: 'plugin:res-edge', operation: 'sync' },
      );
      for (let index = 0; index < 3; index++) replicas.push(await start());
    });

    afterAll(async () => {
      isOver = true;
      await Promise.allSettled(clients);
      await Promise.all(replicas.map(replica => replica.kill()));
      await fs.rm(folder, { recursive: true, force: true });
    });

    function start(): Promise<TestReplica> {
      const { connectionString } = knex.client.config.connection;
      return TestReplica.start({
        connection: connectionString ?? knex.client.config.connection,
        config: {
          resEdge: {
            git: { folder: path.join(folder, 'gitops.git') },
            schedule: { lease: { seconds: 3 } },
            delivery: { history: 1000 },
            // What goes with the clusters would wait for a person.
            guard: { atLeast: NO_GUARD },
            changes: {
              direct: [
                {
                  kinds: [
                    'EdgeGroup',
                    'EdgeNamespace',
                    'EdgeApplication',
                    'EdgePolicy',
                  ],
                  locations: ['*'],
                },
              ],
            },
          },
        },
      });
    }

    const planner = () =>
      replicas.reduce((one, other) =>
        other.lastTerm() > one.lastTerm() ? other : one,
      );

    function git(...args: string[]): string[] {
      const text = execFileSync('git', args, {
        cwd: path.join(folder, 'gitops.git'),
        encoding: 'utf8',
      });
      return text.split('\n').filter(line => line !== '');
    }

    const tips = () =>
      git('for-each-ref', '--format=%(refname) %(objectname)', 'refs/heads')
        .map(line => line.split(' '))
        .filter(([ref]) => /\/main$|\/delivery\//.test(ref));

    /** Whether what is delivered is what the plan says of everything as it stands. */
    async function isDelivered(): Promise<boolean> {
      await fleet.automation.follow();
      const view = fleet.automation.view();
      if (!view?.plan.applications.size) return false;
      return view.snapshot.clusters.every(({ metadata: { name } }, number) =>
        [...view.plan.applications].every(
          ([application, { placed }]) =>
            placed.has(number) ===
            (view.delivered.version(name, application) !== undefined),
        ),
      );
    }

    it('loses no write, plans nothing twice, and ends with what the plan says', async () => {
      await until('a first delivery', isDelivered);
      const live = new Set(replicas);
      const writers = Array.from(
        { length: WRITERS },
        (_, index) =>
          new StoreWriter(`writer-${index}`, createRandom(SEED + index), () =>
            [...live].map(({ url }) => url),
          ),
      );
      const writing = Promise.all(
        writers.map(writer => writer.writeUntil(() => isOver)),
      );
      clients.push(writing);
      const seen = new Map<string, string>();
      const watching = (async () => {
        while (!isOver) {
          for (const [ref, commit] of tips()) seen.set(commit, ref);
          await sleep(200);
        }
      })();

      clients.push(watching);

      for (let kill = 0; kill < KILLS; kill++) {
        const [least, most] = QUIET_MILLISECONDS;
        await sleep(least + (most - least) * random());
        const victim = planner();
        live.delete(victim);
        await victim.kill();
        replicas.splice(replicas.indexOf(victim), 1);
        const term = victim.lastTerm();
        await until('another one plans', async () =>
          replicas.some(replica => replica.lastTerm() > term),
        );
        const restarted = await start();
        replicas.push(restarted);
        live.add(restarted);
      }
      isOver = true;
      await writing;
      await watching;

      // Each replica answers what was written last, whoever wrote it.
      const expected = new Map(writers.flatMap(({ expected: e }) => [...e]));
      for (const { url } of replicas) {
        await until('a replica follows', async () => {
          const response = await fetch(
            `${url}/api/res-edge/v1/entities?kind=EdgeCluster&search=writer&limit=100&fields=metadata.title`,
          );
          // One that just started has read nothing yet.
          if (response.status === 503) return false;
          const { items } = await response.json();
          const titles = new Map<string, string>(
            items.map(({ name, entity }: any) => [name, entity.metadata.title]),
          );
          return [...expected].every(
            ([name, title]) => titles.get(name) === title,
          );
        });
      }

      // No write is lost, and revisions are one line.
      const changes = await knex('changes').whereNotNull('revision');
      const revisions = [...new Set(changes.map(({ revision }) => revision))];
      revisions.sort((a, b) => a - b);
      expect(revisions).toEqual(revisions.map((_, index) => index + 1));
      const writes = writers.flatMap(({ acknowledged }) => acknowledged);
      expect(writes.length).toBeGreaterThan(50);
      for (const { name, title, revision } of writes) {
        const made = changes.filter(change => change.revision === revision);
        expect(made).toEqual([expect.objectContaining({ name })]);
        expect(JSON.parse(made[0].after).metadata.title).toBe(title);
      }

      await until('all is delivered', isDelivered);
      await until('the planner rests', async () => {
        const before = JSON.stringify(tips());
        await sleep(3_000);
        return JSON.stringify(tips()) === before;
      });
      await Promise.all(replicas.map(replica => replica.kill()));

      // Whoever plans now finds nothing that is left to do.
      const last = tips();
      await fleet.automation.run('test');
      expect(tips()).toEqual(last);

      // Main and delivery only ever went forward, one commit after another, and none says what the one before said.
      const final = new Map(last.map(([ref, commit]) => [ref, commit]));
      for (const [commit, ref] of seen)
        git('merge-base', '--is-ancestor', commit, final.get(ref)!);
      for (const [, commit] of last) {
        expect(git('rev-list', '--min-parents=2', commit)).toEqual([]);
        const trees = git('log', '--format=%T', commit);
        expect(trees.filter((tree, at) => tree === trees[at + 1])).toEqual([]);
      }
      const shards = last.filter(([ref]) => ref.includes('/delivery/'));
      for (const [, commit] of shards) {
        const plans = git(
          'log',
          '--format=%(trailers:key=Plan,valueonly)',
          commit,
        );
        expect(new Set(plans).size).toBe(plans.length);
      }
    });
  },
);
