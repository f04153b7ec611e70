import { KustomizeBuilder } from '@res-edge/backstage-plugin-res-edge-node';
import { loadFleet } from '../fleet/loadFleet';
import { changesOf, compareFiles } from '../output/compareFiles';
import { OutputFolder } from '../output/OutputFolder';
import { baselineOf } from '../planning/baselineOf';
import { decideFleet } from '../planning/decideFleet';
import { renderFleet } from '../planning/renderFleet';
import { Progress } from '../terminal/Progress';
import { Call, Command } from './Command';
import { PlanAnswer, writePlanJson, writePlanTable } from './planAnswer';

/** `resedge plan FOLDER --out DIR`. @internal */
export const plan: Command = {
  name: 'plan',
  positionals: ['FOLDER'],
  hasOut: true,
  summary: 'decide, and write main and delivery/<shard> below a folder',
  description: `
All entities of FOLDER are decided as if each change request had been merged.
What DIR holds already is the baseline, and only files that differ are written
or removed. What has a problem stays in DIR as it is; all else is written.`,
  examples: [
    'resedge plan examples/labs --out gitops',
    "resedge plan fleet --out gitops -o json | jq '.main, .delivery'",
  ],
  async run({ positionals: [folder], out, json, streams, progress }: Call) {
    const output = OutputFolder.open(out!);
    const fleet = loadFleet(folder, { progress, output: out });
    progress.start('Reading what is written');
    const before = output.readMain();
    const delivered = output.readDelivered(counter(progress));
    const builder = KustomizeBuilder.create();
    const decided = await decideFleet({
      fleet,
      builder,
      progress,
      main: before,
      baseline: snapshot => baselineOf(delivered, snapshot),
    });
    const rendered = await renderFleet({
      decided,
      delivered,
      builder,
      progress,
    });
    const main = compareFiles(before, rendered.main);
    progress.start('Writing');
    const mainChanges = changesOf(main, rendered.main);
    const total = rendered.shards.reduce(
      (sum, { changes }) => sum + changes.length,
      mainChanges.length,
    );
    const advance = counter(progress, total);
    output.writeMain(mainChanges, advance);
    for (const { shard, changes } of rendered.shards)
      output.writeShard(shard, changes, advance);
    progress.clear();

    const answer: PlanAnswer = {
      plan: decided.plan,
      problems: rendered.problems,
      main,
      delivery: {
        bills: rendered.shards.reduce(
          (sum, { clusters }) => sum + clusters.length,
          0,
        ),
        revisions: rendered.shards.reduce(
          (sum, { changes }) => sum + revisionCount(changes),
          0,
        ),
        shards: rendered.shards.length,
      },
    };
    await (json ? writePlanJson : writePlanTable)(answer, streams);
    return rendered.problems.length > 0 ? 1 : 0;
  },
};

const REVISION = /^(?:apps|groups|namespaces)\/[^/]+\/revisions\/[^/]+\//;

function revisionCount(changes: readonly { path: string }[]): number {
  const folders = changes.map(({ path }) => REVISION.exec(path)?.[0]);
  return new Set(folders.filter(folder => folder !== undefined)).size;
}

function counter(progress: Progress, total?: number): () => void {
  let done = 0;
  return () => {
    done += 1;
    progress.advance(done, total);
  };
}
