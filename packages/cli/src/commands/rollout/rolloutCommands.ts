import { RolloutCommand } from '@res-edge/backstage-plugin-res-edge-engine';
import { Option } from 'commander';
import { connect } from '../../online/connect';
import { answerText } from '../../terminal/answerText';
import { writeTo } from '../../terminal/Streams';
import { Command } from '../Command';
import { reasonOption, SERVER_OPTIONS } from '../options';
import { findRollout } from './findRollout';
import { rolloutText } from './rolloutText';

const RING_OPTION = new Option(
  '--ring <name>',
  'which ring; the one that waits next without it',
);

interface RolloutVerb {
  readonly command: RolloutCommand;
  readonly summary: string;
  readonly description: string;
  readonly takesRing?: boolean;
}

const VERBS: readonly RolloutVerb[] = [
  {
    command: 'pause',
    summary: 'let no further cluster change, and no further ring begin',
    description: 'What has changed stays.',
  },
  {
    command: 'resume',
    summary: 'let a rollout that is paused or has stopped go on',
    description: 'It stops again while as many clusters have failed.',
  },
  {
    command: 'promote',
    summary: 'let a ring begin now, whatever the one before it still misses',
    description: 'Windows, freezes and batches hold all the same.',
    takesRing: true,
  },
  {
    command: 'skip',
    summary: 'leave a ring out: it keeps what it has',
    description: 'The ones after it go on.',
    takesRing: true,
  },
  {
    command: 'abort',
    summary: 'end a rollout where it is; nothing is taken back',
    description: 'It can still be rolled back.',
  },
  {
    command: 'roll-back',
    summary: 'give each ring what it had before',
    description: 'The release does not start again; another one does.',
  },
];

/** `resedge rollout pause ROLLOUT` and whatever else people ask of rollouts. @internal */
export const rolloutCommands: readonly Command[] = VERBS.map(
  ({ command, summary, description, takesRing }) => ({
    name: `rollout ${command}`,
    usages: [['ROLLOUT']],
    outputs: ['json', 'yaml'],
    options: [
      reasonOption(),
      ...(takesRing ? [RING_OPTION] : []),
      ...SERVER_OPTIONS,
    ],
    summary,
    description: `
${description} ROLLOUT is an application, of which the
newest rollout is meant, or the id of a rollout.`,
    examples: [
      `resedge rollout ${command} imdb${
        takesRing ? ' --ring pilot' : ''
      } --reason 'We look at it first'`,
    ],
    async run(call) {
      const { positionals, options, streams } = call;
      const api = connect(call);
      const { id } = await findRollout(api, positionals[0]);
      const { ring, reason, output } = options;
      const after = await api.commandRollout({ id, command, ring, reason });
      await writeTo(
        streams.stdout,
        answerText(after, output, () => rolloutText(after)),
      );
      return 0;
    },
  }),
);
