import { ResEdgeApi } from '@res-edge/backstage-plugin-res-edge-common';
import { Option } from 'commander';
import { connect } from '../../online/connect';
import { ServerError } from '../../online/ServerError';
import { answerText } from '../../terminal/answerText';
import { writeTo } from '../../terminal/Streams';
import { UsageError } from '../../UsageError';
import { Call, Command } from '../Command';
import { reasonOption, SERVER_OPTIONS } from '../options';
import {
  answeredText,
  decisionText,
  guardText,
  inboxText,
} from './approvalText';

/** `resedge approve [ID]`. @internal */
export const approve: Command = {
  name: 'approve',
  usages: [[], ['ID']],
  outputs: ['json', 'yaml'],
  options: [
    new Option('--digest <digest>', 'say yes to the decision of this digest'),
    new Option('--refuse', 'say no, with --reason'),
    new Option(
      '--break-glass',
      'merge without the approvals that are missing, with --reason',
    ),
    new Option('--guard', 'ID is that of losses that wait'),
    reasonOption(),
    new Option('--from <time>', 'the yes counts from then on'),
    new Option('--until <time>', 'the yes counts until then'),
    new Option('--merge', 'merge it as soon as all agreed'),
    ...SERVER_OPTIONS,
  ],
  summary: 'show what waits for my approval, and say what I think of it',
  description: `
Without ID: what waits for you. With ID alone: what a change request says, with its
digest. With --digest you agree to what has that digest and to nothing else: where
it has become another decision meanwhile, nothing is said. --refuse and
--break-glass need the digest, too. The id of losses that wait (--guard) is their
digest already, and --reason signs them off.`,
  examples: [
    'resedge approve',
    'resedge approve imdb',
    'resedge approve imdb --digest 4f1c… --merge',
    "resedge approve imdb --digest 4f1c… --refuse --reason 'Not before Monday'",
    "resedge approve imdb --digest 4f1c… --break-glass --reason 'Tills are down'",
  ],
  async run(call) {
    const { options, positionals, streams } = call;
    checkOptions(call);
    const api = connect(call);
    const [id] = positionals;
    const answer = await answerOf(api, id, options);
    await writeTo(
      streams.stdout,
      answerText(answer.value, options.output, () => answer.text),
    );
    return 0;
  },
};

interface Answer {
  readonly value: object;
  readonly text: string;
}

async function answerOf(
  api: ResEdgeApi,
  id: string | undefined,
  options: Call['options'],
): Promise<Answer> {
  if (id === undefined) {
    const value = await api.listApprovals();
    return { value, text: inboxText(value) };
  }
  if (options.guard) return answerGuard(api, id, options.reason);
  const { digest, refuse, breakGlass, from, until, merge } = options;
  if (digest === undefined) {
    const value = await api.getChangeRequest({ id });
    return { value, text: decisionText(value) };
  }
  const reason = options.reason ?? '';
  if (breakGlass) {
    const value = await api.breakGlass({ id, digest, reason });
    return { value, text: answeredText(value, 'merged without approval') };
  }
  if (refuse) {
    const value = await api.refuseChangeRequest({ id, digest, reason });
    return { value, text: answeredText(value, 'refused') };
  }
  const value = await api.approveChangeRequest({
    ...{ id, digest, from, until },
    ...(reason !== '' && { reason }),
    ...(merge && { merge }),
  });
  return { value, text: answeredText(value, 'approved') };
}

async function answerGuard(
  api: ResEdgeApi,
  id: string,
  reason: string | undefined,
): Promise<Answer> {
  if (reason === undefined) {
    const { items } = await api.listGuards();
    const value = items.find(guard => guard.id === id);
    if (!value) throw new ServerError(`no losses '${id}' wait`, 1);
    return { value, text: guardText(value) };
  }
  const value = await api.signOffGuard({ id, reason });
  const isLeft = value.items.some(guard => guard.id === id);
  return {
    value,
    text: isLeft ? 'approved; others have to agree\n' : 'signed off\n',
  };
}

function checkOptions({ positionals, options }: Call): void {
  const { digest, refuse, breakGlass, guard, reason, merge } = options;
  const { from, until } = options;
  if (positionals.length === 0 && (digest ?? reason) !== undefined)
    throw new UsageError('say of which ID');
  if (refuse && breakGlass)
    throw new UsageError('give --refuse or --break-glass, not both');
  if (guard && (digest !== undefined || refuse || breakGlass || merge))
    throw new UsageError('to --guard belongs --reason alone');
  if (guard) return;
  const says = refuse || breakGlass || merge || reason || from || until;
  if (says && digest === undefined)
    throw new UsageError(
      'give the --digest that you have read: resedge approve ID shows it',
    );
  if ((refuse || breakGlass) && !reason)
    throw new UsageError('to refuse, and to break glass, needs a --reason');
  if ((refuse || breakGlass) && (from || until || merge))
    throw new UsageError('--from, --until and --merge belong to a yes');
}
