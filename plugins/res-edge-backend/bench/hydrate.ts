/* eslint-disable no-console */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Plan } from '@res-edge/backstage-plugin-res-edge-engine';
import { Delivered, DeliveredBenchFleet } from './fleet/DeliveredBenchFleet';
import { timed } from './fleet/timed';
import {
  cloneBytes,
  createBare,
  exportStream,
  importStream,
  packedBytes,
  plainGit,
} from './fleet/plainGit';

/*
 * How long it takes to bring 60,000 clusters with 30 applications each to Git: first from nothing, then change by
 * change. `npm run bench -- hydrate` at the root runs it.
 */
const CLUSTERS = Number(process.env.CLUSTERS ?? 60_000);
const APPLICATIONS = Number(process.env.APPLICATIONS ?? 100);
/** Of how many clusters a change is, where it is one of many. */
const MANY = CLUSTERS / 3;

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'res-edge-bench-'));
const place = (name: string) => path.join(work, name);
const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MB`;

function tell({ mainFiles, result }: Delivered) {
  const clusters = result.renderings.reduce(
    (sum, shard) => sum + shard.clusters.length,
    0,
  );
  console.log(
    `  ${mainFiles} files on main; ${clusters} clusters in ${
      result.renderings.length
    } shards; ${result.problems.length} problems; at most ${megabytes(
      process.resourceUsage().maxRSS * 1024,
    )} of memory until here`,
  );
}

function nearest<T>(items: Iterable<[T, number]>, wanted: number): T {
  return [...items].sort(
    ([, a], [, b]) => Math.abs(a - wanted) - Math.abs(b - wanted),
  )[0][0];
}

async function main() {
  const folder = place('gitops.git');
  const fleet = await DeliveredBenchFleet.create(
    folder,
    CLUSTERS,
    APPLICATIONS,
  );
  const remote = createBare(place('remote.git'));
  const alone = createBare(place('alone.git'));
  const branches = () =>
    plainGit(
      folder,
      'for-each-ref',
      '--format=%(refname)',
      'refs/heads/delivery',
    ).split('\n');
  const tips = () =>
    plainGit(
      folder,
      'for-each-ref',
      '--format=%(objectname)',
      'refs/heads/delivery',
    ).split('\n');
  const push = () =>
    timed('  git push of it to a bare repository', () =>
      plainGit(
        folder,
        'push',
        '--quiet',
        remote,
        'refs/heads/delivery/*:refs/heads/delivery/*',
      ),
    );
  const gitAlone = async (since: readonly string[]) => {
    const stream = place('stream');
    exportStream(folder, stream, branches(), since);
    console.log(`  a stream of ${megabytes(fs.statSync(stream).size)}`);
    await timed('  git fast-import alone of the same', () =>
      importStream(alone, stream),
    );
    fs.rmSync(stream);
  };
  const filesChanged = (since: readonly string[]) => {
    const now = tips();
    const changed = now.flatMap((tip, index) =>
      tip === since[index]
        ? []
        : plainGit(folder, 'diff', '--name-only', since[index], tip).split(
            '\n',
          ),
    );
    const of = (pattern: RegExp) =>
      changed.filter(file => pattern.test(file)).length;
    console.log(
      `  delivery: ${of(/^clusters\/[^/]+\/kust/)} bills, ${of(
        /^clusters\/[^/]+\/values/,
      )} values, ${of(/\/revisions\//)} files of revisions, ${of(
        /^\.res-edge/,
      )} lists of revisions, on ${
        now.filter((tip, index) => tip !== since[index]).length
      } branches`,
    );
  };

  const first = await timed('first hydration', () => fleet.deliver());
  tell(first);
  await push();
  console.log(`  repository of ${megabytes(packedBytes(folder))}`);
  const [branch] = branches();
  const shard = branch.slice('refs/heads/'.length);
  const clone = place('clone.git');
  console.log(
    `  shallow clone of one shard: ${megabytes(
      cloneBytes(folder, shard, clone, '--depth=1'),
    )}`,
  );
  await gitAlone([]);
  console.log(`  repository of git alone: ${megabytes(packedBytes(alone))}`);

  const step = async (label: string, change: () => void | Promise<void>) => {
    const since = tips();
    const bytes = packedBytes(folder);
    await change();
    const delivered = await timed(label, () => fleet.deliver());
    tell(delivered);
    filesChanged(since);
    const moved = tips().some((tip, index) => tip !== since[index]);
    if (moved) {
      console.log(`  ${megabytes(packedBytes(folder) - bytes)} more`);
      await push();
      if (delivered.result.renderings.length > 1) await gitAlone(since);
    }
    return delivered;
  };

  await step('nothing changed', () => {});
  const application = nearest(sizes(first.plan), MANY);
  await step(`a version of ${application} promoted`, () =>
    fleet.promote(application, '2.0.0'),
  );
  const group = nearest(fleet.groupSizes(), MANY);
  await step(`a value of group ${group}`, () =>
    fleet.changeGroup(group, { greeting: 'changed' }),
  );
  await step('a value of one cluster', () =>
    fleet.changeClusters(clusters =>
      clusters.map((entity, index) =>
        index === 7
          ? {
              ...entity,
              spec: {
                ...entity.spec,
                values: { ...entity.spec.values, posHost: 'changed' },
              },
            }
          : entity,
      ),
    ),
  );
  await step('one cluster removed', () =>
    fleet.changeClusters(clusters => clusters.slice(1)),
  );

  fleet.restart();
  await timed('after a restart, to the first plan', () => fleet.plan());
  tell(
    await timed('  and to the first delivery, of nothing', () =>
      fleet.deliver(),
    ),
  );
}

function sizes({ applications }: Plan): [string, number][] {
  return [...applications].map(([name, { placed }]) => [name, placed.count()]);
}

main()
  .catch(error => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => fs.rmSync(work, { recursive: true, force: true }));
