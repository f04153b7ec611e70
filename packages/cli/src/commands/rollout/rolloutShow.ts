import { connect } from '../../online/connect';
import { Command } from '../Command';
import { SERVER_OPTIONS } from '../options';
import { findRollout } from './findRollout';
import { rolloutAnswer } from './rolloutAnswer';

/** `resedge rollout show ROLLOUT`. @internal */
export const rolloutShow: Command = {
  name: 'rollout show',
  usages: [['ROLLOUT']],
  outputs: ['json', 'yaml'],
  options: SERVER_OPTIONS,
  summary: 'show a rollout: its rings, and all that happened with its cause',
  description: `
ROLLOUT is an application, of which the newest rollout is meant, or the id of a
rollout. The exit status is 1 where it has stopped, or is taken back.`,
  examples: [
    'resedge rollout show imdb',
    "resedge rollout show imdb -o json | jq -r '.moves[-1].cause'",
  ],
  async run(call) {
    const [which] = call.positionals;
    return rolloutAnswer(await findRollout(connect(call), which), call);
  },
};
