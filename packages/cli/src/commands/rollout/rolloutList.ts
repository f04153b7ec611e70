import { connect } from '../../online/connect';
import { answerText } from '../../terminal/answerText';
import { writeTo } from '../../terminal/Streams';
import { Command } from '../Command';
import { SERVER_OPTIONS } from '../options';
import { rolloutsText } from './rolloutText';

/** `resedge rollout list`. @internal */
export const rolloutList: Command = {
  name: 'rollout list',
  usages: [[]],
  outputs: ['json', 'yaml', 'wide'],
  options: SERVER_OPTIONS,
  summary: 'show the newest rollout of each application',
  description: '',
  examples: [
    'resedge rollout list',
    'resedge rollout list -o json | jq \'.items[] | select(.phase == "stopped")\'',
  ],
  async run(call) {
    const answer = await connect(call).listRollouts();
    await writeTo(
      call.streams.stdout,
      answerText(answer, call.options.output, isWide =>
        rolloutsText(answer.items, isWide),
      ),
    );
    return 0;
  },
};
