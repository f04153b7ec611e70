import { explain as explainPlacement } from '@res-edge/backstage-plugin-res-edge-engine';
import { KustomizeBuilder } from '@res-edge/backstage-plugin-res-edge-node';
import { loadFleet } from '../fleet/loadFleet';
import { decideFleet } from '../planning/decideFleet';
import { problemLines } from '../terminal/problemLines';
import { writeTo } from '../terminal/Streams';
import { printable } from '../terminal/table';
import { UsageError } from '../UsageError';
import { Call, Command } from './Command';

const MARKS = { passed: '+', failed: '-', skipped: ' ' };

/** `resedge explain FOLDER APPLICATION CLUSTER`. @internal */
export const explain: Command = {
  name: 'explain',
  positionals: ['FOLDER', 'APPLICATION', 'CLUSTER'],
  summary: 'say why an application is placed on a cluster, or why not',
  description: `
Each step of the decision with its verdict, the rule and its source, and what
would have to change for the opposite.`,
  examples: [
    'resedge explain examples/labs imdb central-tx-atx-2301',
    'resedge explain examples/labs tabs-spaces east-ga-atl-2301 -o json',
  ],
  async run({ positionals, json, streams, progress }: Call) {
    const [folder, application, cluster] = positionals;
    const fleet = loadFleet(folder, { progress });
    const builder = KustomizeBuilder.create();
    const decided = await decideFleet({ fleet, builder, progress });
    progress.clear();
    const { input, plan, problems } = decided;
    await writeTo(streams.stderr, problemLines(problems));
    if (input.snapshot.numberOf(cluster) === undefined)
      throw new UsageError(`there is no cluster '${cluster}' in '${folder}'`);
    if (!input.decisions.applications.has(application)) {
      throw new UsageError(
        `there is no application '${application}' without problems in '${folder}'`,
      );
    }
    const explanation = explainPlacement(input, plan, application, cluster);
    const lines = [explanation.summary];
    for (const found of explanation.steps) {
      const { step, verdict, rule, message, wouldChange } = found;
      lines.push('', `${MARKS[verdict]} ${step}: ${message}`);
      if (rule !== undefined) lines.push(`    rule: ${rule}`);
      if (wouldChange !== undefined)
        lines.push(`    for the opposite: ${wouldChange}`);
    }
    await writeTo(
      streams.stdout,
      json
        ? `${JSON.stringify(explanation, undefined, 2)}\n`
        : lines.map(line => `${printable(line)}\n`).join(''),
    );
    return problems.length > 0 ? 1 : 0;
  },
};
