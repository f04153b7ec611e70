import { KustomizeBuilder } from '@res-edge/backstage-plugin-res-edge-node';
import { loadFleet } from '../fleet/loadFleet';
import { readAllowedKindsFile } from '../fleet/readAllowedKindsFile';
import { decideFleet } from '../planning/decideFleet';
import { renderFleet } from '../planning/renderFleet';
import { problemLines } from '../terminal/problemLines';
import { writeTo } from '../terminal/Streams';
import { counted } from '../terminal/table';
import { Call, Command } from './Command';
import { ALLOWED_KINDS_OPTION } from './options';

/** `resedge validate FOLDER`. @internal */
export const validate: Command = {
  name: 'validate',
  usages: [['FOLDER']],
  outputs: ['json'],
  options: [ALLOWED_KINDS_OPTION],
  summary: 'check all entities of a folder, and what they ask for',
  description: `
Checks each entity by itself, then what they say of each other, builds the
sources of the applications, decides, and renders what each cluster would get.
Nothing is written.`,
  examples: [
    'resedge validate examples/labs',
    "resedge validate fleet -o json | jq '.problems[].message'",
  ],
  async run({ positionals: [folder], options, json, streams, progress }: Call) {
    const allowedKinds = readAllowedKindsFile(options.allowedKinds);
    const fleet = loadFleet(folder, { progress });
    const builder = KustomizeBuilder.create();
    const decided = await decideFleet({
      ...{ fleet, builder, progress, allowedKinds },
    });
    const rendered = await renderFleet({
      decided,
      delivered: new Map(),
      builder,
      progress,
    });
    let done = 0;
    for (const { clusters } of rendered.shards) {
      done += clusters.length;
      progress.advance(done, fleet.inventory.clusters.length);
    }
    progress.clear();
    const problems = rendered.problems();
    const { clusters, groups, namespaces, applications, policies } =
      fleet.inventory;
    const entities = {
      clusters: clusters.length,
      groups: groups.length,
      namespaces: namespaces.length,
      applications: applications.length,
      policies: policies.length,
    };
    const found = [
      counted(entities.clusters, 'cluster'),
      counted(entities.groups, 'group'),
      counted(entities.namespaces, 'namespace'),
      counted(entities.applications, 'application'),
      entities.policies === 1 ? '1 policy' : `${entities.policies} policies`,
    ].join(', ');
    await writeTo(
      streams.stdout,
      json
        ? `${JSON.stringify({ entities, problems }, undefined, 2)}\n`
        : `${found}\n${problemLines(problems) || 'no problems\n'}`,
    );
    return problems.length > 0 ? 1 : 0;
  },
};
