import { connect } from '../online/connect';
import { Command } from './Command';
import { explainInFolder } from './offline/explainInFolder';
import { ALLOWED_KINDS_OPTION, SERVER_OPTIONS } from './options';
import { writeExplanation } from './writeExplanation';

/** `resedge explain FOLDER APPLICATION CLUSTER` and `resedge explain APPLICATION CLUSTER`. @internal */
export const explain: Command = {
  name: 'explain',
  usages: [
    ['FOLDER', 'APPLICATION', 'CLUSTER'],
    ['APPLICATION', 'CLUSTER'],
  ],
  outputs: ['json'],
  options: [ALLOWED_KINDS_OPTION, ...SERVER_OPTIONS],
  summary: 'say why an application is placed on a cluster, or why not',
  description: `
Each step of the decision with its verdict, the rule and its source, and what
would have to change for the opposite. With FOLDER it is decided from the
entities there, without it the server says what it has decided.`,
  examples: [
    'resedge explain examples/labs imdb central-tx-atx-2301',
    'resedge explain examples/labs tabs-spaces east-ga-atl-2301 -o json',
    'resedge explain imdb central-tx-atx-2301',
  ],
  async run(call) {
    const { positionals, json, streams } = call;
    if (positionals.length === 3) return explainInFolder(call);
    const [application, cluster] = positionals;
    const explanation = await connect(call).explain({ application, cluster });
    await writeExplanation(explanation, json, streams);
    return 0;
  },
};
