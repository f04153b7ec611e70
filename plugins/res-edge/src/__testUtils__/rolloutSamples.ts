import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  PastRollout,
  ResEdgeApi,
  RingProgress,
  RolloutDetails,
} from '@res-edge/backstage-plugin-res-edge-common';
import { simulationSample } from './simulationSample';

const HOUR = 3_600_000;
const ago = (hours: number) =>
  new Date(Date.now() - hours * HOUR).toISOString();

const WAITS = "Ring 'prod' waits for a person";

const NONE: RingProgress = {
  ...{ clusters: 0, healthy: 0, rolling: 0, failed: 0, deferred: 0 },
  ...{ unreachable: 0, awaited: 0, undeliverable: 0, waiting: 0, pinned: 0 },
  ...{ needed: 1, mayFail: 0 },
};

/** Under way: the first ring is done, the second one rolls, the third one asks a person. */
function underWay(): RolloutDetails {
  const moves = [
    {
      ...{ at: ago(30), ring: 'beta', from: 'waiting', to: 'rolling' },
      cause: 'Main names the release for it',
    },
    {
      ...{ at: ago(26), ring: 'beta', from: 'rolling', to: 'soaking' },
      cause: '12 of 12 clusters are healthy; 12 have to be',
    },
    {
      ...{ at: ago(2), ring: 'beta', from: 'soaking', to: 'done' },
      cause: 'Tills look well',
      actor: 'user:default/ada',
    },
    {
      ...{ at: ago(2), ring: 'pilot', from: 'waiting', to: 'rolling' },
      cause: 'Main names the release for it',
    },
  ];
  return {
    ...{ id: 'r-imdb', application: 'imdb', version: '1.4.2', release: 'abc' },
    ...{ phase: 'running', since: ago(30), startedAt: ago(30) },
    eta: { reason: WAITS },
    rings: [
      {
        ...{ name: 'beta', phase: 'done', since: ago(2) },
        progress: { ...NONE, clusters: 12, healthy: 12, needed: 12 },
      },
      {
        ...{ name: 'pilot', phase: 'rolling', since: ago(2) },
        eta: { endsAt: ago(-26) },
        progress: {
          ...{ clusters: 200, healthy: 120, rolling: 20, failed: 2 },
          ...{ deferred: 30, unreachable: 8, undeliverable: 0 },
          ...{ waiting: 14, awaited: 6, pinned: 3 },
          ...{ needed: 146, mayFail: 9 },
        },
      },
      {
        ...{ name: 'prod', phase: 'waiting', since: ago(30) },
        needsApproval: true,
        eta: { reason: WAITS },
        progress: { ...NONE, clusters: 1788, waiting: 1788, needed: 1699 },
      },
    ],
    lastMove: moves.at(-1),
    commands: ['pause', 'promote', 'skip', 'abort', 'roll-back'],
    moves,
  };
}

/** Came to its end by itself. */
function done(): RolloutDetails {
  const move = {
    ...{ at: ago(70), from: 'running', to: 'done' },
    cause: 'All its rings are done or skipped',
  };
  return {
    ...{ id: 'r-redis', application: 'redis', version: '7.2.0' },
    ...{ release: 'def', phase: 'done', since: ago(70), startedAt: ago(90) },
    rings: [{ name: 'prod', phase: 'done', since: ago(70) }],
    lastMove: move,
    commands: ['roll-back'],
    moves: [move],
  };
}

/** Content of a namespace or group that comes ring by ring. */
function content(id: string, application: string): RolloutDetails {
  return {
    ...{ id, application, version: 'fed' },
    ...{ release: 'fed', phase: 'running', since: ago(40), startedAt: ago(40) },
    rings: [
      {
        ...{ name: 'pilot', phase: 'rolling', since: ago(1) },
        progress: { ...NONE, clusters: 12, healthy: 3, waiting: 9, needed: 12 },
      },
    ],
    ...{ commands: ['pause', 'abort'], moves: [] },
  };
}

/** Was taken back by a person some days ago. */
function takenBack(application: string): PastRollout {
  return {
    ...{ id: `r-${application}-past`, application, version: '1.4.1' },
    ...{ release: 'aaa', phase: 'rolled-back', since: ago(75) },
    startedAt: ago(80),
    broughtBy: {
      ...{ at: ago(76), from: 'running', to: 'rolling-back' },
      ...{ cause: 'Tills were slow', actor: 'user:default/ada' },
    },
  };
}

/** One rollout under way, which does what it is asked for, and one that is done. */
export function rolloutSamples(): Pick<
  ResEdgeApi,
  | 'listRollouts'
  | 'getRolloutHistory'
  | 'getRollout'
  | 'commandRollout'
  | 'simulateRollout'
> {
  const rollouts = [
    underWay(),
    done(),
    content('r-content', 'namespaces/bar'),
    content('r-group', 'groups/stores.central'),
  ];
  const find = (id: string) => {
    const found = rollouts.find(each => each.id === id);
    if (!found) throw new NotFoundError(`There is no rollout '${id}'`);
    return found;
  };
  return {
    listRollouts: async () => ({ items: rollouts }),
    getRolloutHistory: async ({ application }) => ({
      items: [
        ...rollouts
          .filter(each => each.application === application)
          .map(
            ({ rings: _, moves: _moves, commands: _commands, ...each }) => each,
          ),
        takenBack(application),
      ],
    }),
    getRollout: async ({ id }) => ({ ...find(id) }),
    commandRollout: async ({ id, command, reason }) => {
      const rollout = find(id);
      if (!rollout.commands.includes(command))
        throw new ConflictError(
          `A rollout that is ${rollout.phase} cannot be asked to ${command}`,
        );
      const before = rollout.phase;
      if (command === 'pause') rollout.phase = 'paused';
      if (command === 'resume') rollout.phase = 'running';
      const other = rollout.phase === 'paused' ? 'resume' : 'pause';
      rollout.commands = [other, 'skip', 'abort', 'roll-back'];
      rollout.since = ago(0);
      rollout.lastMove = {
        ...{ at: ago(0), from: before, to: rollout.phase },
        cause: reason ?? `A person asked to ${command}`,
        actor: 'user:default/guest',
      };
      rollout.moves = [...rollout.moves, rollout.lastMove];
      return { ...rollout };
    },
    simulateRollout: async ({ application }) => simulationSample(application),
  };
}
