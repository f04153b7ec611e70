import { ConflictError } from '@backstage/errors';
import { subjectContent } from './contentSubject';
import { RolloutRecorder } from './RolloutRecorder';
import { Rollout, RolloutMove, RolloutPhase } from './Rollout';

/** What a person can ask of a rollout. @public */
export type RolloutCommand =
  | 'pause'
  | 'resume'
  | 'promote'
  | 'skip'
  | 'abort'
  | 'roll-back';

/** A command with who gives it, and why. @public */
export interface RolloutRequest {
  readonly command: RolloutCommand;
  /** The ring to promote or to skip: the one that waits next where left out. */
  readonly ring?: string;
  readonly actor: string;
  readonly reason?: string;
}

const ALLOWED: Record<RolloutCommand, readonly RolloutPhase[]> = {
  pause: ['running'],
  resume: ['paused', 'stopped'],
  promote: ['running'],
  skip: ['running', 'paused', 'stopped'],
  abort: ['running', 'paused', 'stopped'],
  'roll-back': ['running', 'paused', 'stopped', 'aborted', 'done'],
};

const ROLLOUT_COMMANDS = Object.keys(ALLOWED) as RolloutCommand[];

const PHASES: Partial<Record<RolloutCommand, RolloutPhase>> = {
  pause: 'paused',
  resume: 'running',
  abort: 'aborted',
  'roll-back': 'rolling-back',
};

/** Of an application a ring without one keeps what it has. */
function hasBefore({ application, rings }: Rollout): boolean {
  return (
    subjectContent(application) === undefined ||
    rings.some(({ before }) => before !== undefined)
  );
}

/** What a person can ask of a rollout as it is. @public */
export function possibleCommands(rollout: Rollout): RolloutCommand[] {
  const waits = rollout.rings.some(({ phase }) => phase === 'waiting');
  return ROLLOUT_COMMANDS.filter(
    command =>
      ALLOWED[command].includes(rollout.phase) &&
      (command !== 'roll-back' || hasBefore(rollout)) &&
      (waits || (command !== 'promote' && command !== 'skip')),
  );
}

/**
 * Does what a person asks for. `promote` brings the next ring on, whatever the rings before it have met.
 *
 * @throws ConflictError where the rollout is not in a state for it
 * @public
 */
export function commandRollout(
  rollout: Rollout,
  { command, actor, reason, ...given }: RolloutRequest,
  now: Date,
): { rollout: Rollout; moves: readonly RolloutMove[] } {
  if (command === 'roll-back' && !hasBefore(rollout)) {
    throw new ConflictError(
      'No content before it has been through all rings; register another one to go back',
    );
  }
  if (!ALLOWED[command].includes(rollout.phase)) {
    throw new ConflictError(
      `A rollout that is ${
        rollout.phase
      } cannot be asked to ${command}; one can that is ${ALLOWED[command].join(
        ' or ',
      )}`,
    );
  }
  const recorder = new RolloutRecorder(rollout, now, actor);
  const cause = reason ?? `A person asked to ${command}`;
  const phase = PHASES[command];
  if (phase) {
    recorder.moveAll(phase, cause);
    return recorder.result();
  }
  const next = recorder.rings.find(ring =>
    given.ring === undefined
      ? ring.phase === 'waiting'
      : ring.name === given.ring,
  );
  if (next?.phase !== 'waiting') {
    throw new ConflictError(
      next
        ? `Ring '${next.name}' is ${next.phase}; only one that waits can be asked to ${command}`
        : `No ring ${given.ring === undefined ? '' : `'${given.ring}' `}waits`,
    );
  }
  if (command === 'skip') {
    recorder.moveRing(next.name, 'skipped', cause);
    return recorder.result();
  }
  for (const ring of recorder.rings) {
    if (ring === next) break;
    if (ring.phase === 'waiting') {
      throw new ConflictError(
        `Ring '${ring.name}' waits before '${next.name}'; promote or skip it first`,
      );
    }
    if (ring.phase === 'rolling' || ring.phase === 'soaking') {
      recorder.moveRing(ring.name, 'done', cause);
    }
  }
  recorder.moveRing(next.name, 'waiting', cause);
  recorder.note(next.name, { approved: true });
  return recorder.result();
}
