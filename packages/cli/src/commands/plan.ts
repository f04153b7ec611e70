import { baselineOf } from '@res-edge/backstage-plugin-res-edge-engine';
import { KustomizeBuilder } from '@res-edge/backstage-plugin-res-edge-node';
import { Option } from 'commander';
import { loadFleet } from '../fleet/loadFleet';
import { readAllowedKindsFile } from '../fleet/readAllowedKindsFile';
import { changesOf, compareFiles } from '../output/compareFiles';
import { OutputFolder } from '../output/OutputFolder';
import { decideFleet } from '../planning/decideFleet';
import { renderFleet } from '../planning/renderFleet';
import { UsageError } from '../UsageError';
import { Call, Command } from './Command';
import { ALLOWED_KINDS_OPTION } from './options';
import { writePlanJson, writePlanTable } from './planAnswer';

/** `resedge plan FOLDER --out DIR`. @internal */
export const plan: Command = {
  name: 'plan',
  usages: [['FOLDER']],
  outputs: ['json'],
  options: [
    new Option(
      '--out <dir>',
      'where to write; what it holds is the baseline',
    ).makeOptionMandatory(),
    ALLOWED_KINDS_OPTION,
  ],
  summary: 'decide, and write main and delivery/<shard> below a folder',
  description: `
All entities of FOLDER are decided as if each change request had been merged.
What DIR holds already is the baseline, and only files that differ are written
or removed. What has a problem stays in DIR as it is; all else is written.`,
  examples: [
    'resedge plan examples/labs --out gitops',
    "resedge plan fleet --out gitops -o json | jq '.main, .delivery'",
  ],
  async run({
    positionals: [folder],
    options: { out = '', allowedKinds },
    json,
    streams,
    progress,
  }: Call) {
    if (out === '') throw new UsageError('--out is empty');
    const output = OutputFolder.open(out);
    const fleet = loadFleet(folder, { progress, output: out });
    progress.start('Reading what is written');
    const before = output.readMain();
    let read = 0;
    const delivered = output.readDelivered(() => {
      read += 1;
      progress.advance(read);
    });
    const builder = KustomizeBuilder.create();
    const decided = await decideFleet({
      ...{ fleet, builder, progress },
      allowedKinds: readAllowedKindsFile(allowedKinds),
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
    output.writeMain(changesOf(main, rendered.main));
    const delivery = { bills: 0, revisions: 0, shards: 0 };
    for (const { shard, clusters, changes } of rendered.shards) {
      output.writeShard(shard, changes);
      delivery.bills += clusters.length;
      delivery.revisions += revisionCount(changes);
      delivery.shards += 1;
      progress.advance(delivery.bills, fleet.inventory.clusters.length);
    }
    progress.clear();

    const problems = rendered.problems();
    const answer = { plan: decided.plan, problems, main, delivery };
    await (json ? writePlanJson : writePlanTable)(answer, streams);
    return problems.length > 0 ? 1 : 0;
  },
};

const REVISION = /^(?:apps|groups|namespaces)\/[^/]+\/revisions\/[^/]+\//;

function revisionCount(changes: readonly { path: string }[]): number {
  const folders = changes.map(({ path }) => REVISION.exec(path)?.[0]);
  return new Set(folders.filter(folder => folder !== undefined)).size;
}
