import {
  entityRefOf,
  ResEdgeApi,
  Rollout,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Option } from 'commander';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../../online/connect';
import { writeOne } from '../../online/writeMany';
import { printable } from '../../terminal/table';
import { writeTo } from '../../terminal/Streams';
import { UsageError } from '../../UsageError';
import { Call, Command } from '../Command';
import { SERVER_OPTIONS, wholeNumber } from '../options';
import { newestRollout } from './findRollout';
import { rolloutAnswer } from './rolloutAnswer';

const POLL_MILLISECONDS = 1_000;

/** `resedge rollout start APPLICATION VERSION`. @internal */
export const rolloutStart: Command = {
  name: 'rollout start',
  usages: [['APPLICATION', 'VERSION']],
  outputs: ['json', 'yaml'],
  options: [
    new Option(
      '--timeout <seconds>',
      'how long to wait until the rollout has begun; 60 without it',
    )
      .argParser(wholeNumber)
      .default(60),
    ...SERVER_OPTIONS,
  ],
  summary: 'release a version of an application, and show its rollout',
  description: `
The application has to name a policy of type rollout. What is registered in YAML
gets its version there. Where a change request has to be merged first, the rollout
begins afterwards: the exit status is 1 then, and the change request is named.`,
  examples: [
    'resedge rollout start imdb 1.4.2',
    "resedge rollout start imdb 1.4.2 --timeout 300 -o json | jq -r '.id'",
  ],
  async run(call) {
    const [name, version] = call.positionals;
    const api = connect(call);
    const before = await newestRollout(api, name);
    const isNew = await release(api, name, version);
    const begun = await waitFor(api, name, call, found =>
      isNew
        ? found.version === version && found.id !== before?.id
        : found.version === version,
    );
    if (begun) {
      const rollout = await api.getRollout({ id: begun.id });
      return rolloutAnswer(rollout, call);
    }
    await writeTo(
      call.streams.stderr,
      `${printable(await whyNotBegun(api, name, version))}\n`,
    );
    return 1;
  },
};

/** @returns whether it was another version before */
async function release(
  api: ResEdgeApi,
  name: string,
  version: string,
): Promise<boolean> {
  const kind = 'EdgeApplication';
  const { entity, etag } = await api.getEntity({ kind, name });
  const spec = entity.spec as Record<string, unknown>;
  if (spec.rollout === undefined)
    throw new UsageError(
      `the application '${name}' names no rollout: set spec.rollout, or give it its version with resedge apply`,
    );
  if (spec.version === version) return false;
  await writeOne(api, {
    ...{ action: 'patch', kind, name, ifMatch: etag },
    patch: { spec: { version } },
  });
  return true;
}

async function waitFor(
  api: ResEdgeApi,
  name: string,
  { options: { timeout = 0 }, progress }: Call,
  isMeant: (rollout: Rollout) => boolean,
): Promise<Rollout | undefined> {
  const end = Date.now() + timeout * 1000;
  progress.start('Waiting');
  try {
    for (;;) {
      const found = await newestRollout(api, name);
      if (found && isMeant(found)) return found;
      if (Date.now() >= end) return undefined;
      await sleep(POLL_MILLISECONDS);
    }
  } finally {
    progress.clear();
  }
}

async function whyNotBegun(
  api: ResEdgeApi,
  name: string,
  version: string,
): Promise<string> {
  const ref = entityRefOf('EdgeApplication', name);
  const { items } = await api.listChangeRequests({
    state: 'open',
    limit: 1000,
  });
  const waiting = items.find(({ intent }) => intent === ref);
  if (waiting)
    return `the rollout of ${name} ${version} begins once the change request ${waiting.id} is merged: ${waiting.title}`;
  return `the rollout of ${name} ${version} has not begun: see resedge rollout show ${name} and resedge describe application ${name}`;
}
