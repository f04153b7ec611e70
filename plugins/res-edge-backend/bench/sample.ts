/* eslint-disable no-console */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  compileSelector,
  decide,
  readDecisions,
  readShards,
  Snapshot,
} from '@res-edge/backstage-plugin-res-edge-engine';
import {
  buildAsFlux,
  BuiltObject,
  KustomizeBuilder,
  parseObjects,
} from '@res-edge/backstage-plugin-res-edge-node';
import {
  generateRetailFleet,
  writeRetailFleet,
} from '../../../examples/retail/generate';
import { expectedObjects } from '../src/automation/__testUtils__/expectedObjects';
import {
  reaching,
  seeded,
  sortedObjects,
} from '../src/automation/__testUtils__/fluxBuilds';

/*
 * Whether what is delivered of a whole retail fleet is what the engine says: `resedge plan` writes the fleet, and of a
 * sample of its clusters everything is built with the real kustomize as Flux does, and compared. `npm run bench -- sample`
 * at the root runs it; it fails where anything differs.
 */
const CLUSTERS = Number(process.env.CLUSTERS ?? 60_000);
const SAMPLE = Number(process.env.SAMPLE ?? 60);
const SEED = Number(process.env.SEED ?? 1);

const root = path.resolve(__dirname, '../../..');
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'res-edge-sample-'));

type Files = Map<string, Buffer>;

function readFiles(
  folder: string,
  wanted: (file: string) => boolean = () => true,
): Files {
  const files: Files = new Map();
  const visit = (relative: string) => {
    for (const entry of fs.readdirSync(path.join(folder, relative), {
      withFileTypes: true,
    })) {
      const file = path.posix.join(relative, entry.name);
      if (!wanted(file)) continue;
      if (entry.isDirectory()) visit(file);
      else files.set(file, fs.readFileSync(path.join(folder, file)));
    }
  };
  visit('');
  return files;
}

function plan(folder: string, out: string): void {
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      path.join(root, 'packages/cli/bin/resedge'),
      ...['plan', folder, '--out', out, '-o', 'json'],
    ],
    { encoding: 'utf8', maxBuffer: 1024 * 1024 * 1024 },
  );
  // 1 says that some entities have problems, which the generator makes on purpose.
  if (status !== 0 && status !== 1) throw new Error(stderr);
}

async function main() {
  const retail = generateRetailFleet({ clusters: CLUSTERS, seed: SEED });
  const folder = path.join(work, 'fleet');
  const out = path.join(work, 'out');
  const sources = path.join(root, 'examples/retail/apps');
  writeRetailFleet(retail, { folder, sources, ndjson: true });
  plan(folder, out);

  const mainFiles = readFiles(path.join(out, 'main'));
  const { decisions } = readDecisions(mainFiles);
  const snapshot = Snapshot.create(retail);
  const baseline = { applications: new Map() };
  const decided = decide({ snapshot, decisions, baseline, now: new Date() });
  const { shards } = readShards(mainFiles);
  const builder = KustomizeBuilder.create();
  const built = new Map<string, Promise<BuiltObject[]>>();
  const sourceOf = (name: string) => {
    const [{ version }] = decisions.applications.get(name)!.releases;
    const prefix = `apps/${name}/versions/${version}/`;
    const known = built.get(prefix);
    if (known) return known;
    const files = [...mainFiles]
      .filter(([file]) => file.startsWith(prefix))
      .map(([file, content]) => [file.slice(prefix.length), content] as const);
    const source = builder.build(new Map(files)).then(parseObjects);
    built.set(prefix, source);
    return source;
  };

  const random = seeded(SEED);
  const names = snapshot.clusters
    .filter(({ spec }) => spec.state !== 'retired')
    .map(({ metadata }) => metadata.name);
  const trees = new Map<string, Files>();
  let applications = 0;
  let objects = 0;
  const different: string[] = [];
  for (let i = 0; i < Math.min(SAMPLE, CLUSTERS); i++) {
    const [cluster] = names.splice(random(names.length), 1);
    const number = snapshot.numberOf(cluster)!;
    const shard = shards.get(cluster)!;
    const branch = path.join(out, 'delivery', shard);
    const shared =
      trees.get(shard) ??
      readFiles(branch, file => !file.startsWith('clusters'));
    trees.set(shard, shared);
    const own = readFiles(
      branch,
      file =>
        file === 'clusters' ||
        file === `clusters/${cluster}` ||
        file.startsWith(`clusters/${cluster}/`),
    );
    const { kustomizations } = await buildAsFlux(
      reaching(builder),
      new Map([...shared, ...own]),
      cluster,
    );
    const placed = [...decided.applications.values()]
      .filter(application => application.placed.has(number))
      .map(({ name }) => name);
    const there = [...kustomizations.keys()].filter(name =>
      name.startsWith('app-'),
    );
    if (
      !isDeepStrictEqual(there.sort(), placed.map(name => `app-${name}`).sort())
    ) {
      different.push(`${cluster}: has ${there}, not ${placed}`);
      continue;
    }
    for (const name of placed) {
      const [{ overrides }] = decisions.applications.get(name)!.releases;
      const holds = (override: string) => {
        const { selector } = overrides.find(item => item.name === override)!;
        return compileSelector(snapshot, selector).clusters.has(number);
      };
      const expected = expectedObjects(
        { decisions, snapshot },
        name,
        cluster,
        await sourceOf(name),
        holds,
      );
      const found = kustomizations.get(`app-${name}`)!;
      applications += 1;
      objects += found.length;
      if (!isDeepStrictEqual(sortedObjects(found), sortedObjects(expected))) {
        different.push(`${cluster}: ${name}`);
      }
    }
  }
  console.log(
    `${CLUSTERS} clusters; of ${SAMPLE} of them, ${applications} applications with ${objects} objects were built and compared: ${different.length} differ`,
  );
  different.forEach(line => console.error(line));
  if (different.length > 0 || applications === 0) process.exitCode = 1;
}

main()
  .catch(error => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => fs.rmSync(work, { recursive: true, force: true }));
