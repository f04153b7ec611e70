import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  entityRefOf,
  PastRollout,
  Rollout,
  RolloutDetails,
  RolloutEta,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  possibleCommands,
  Rollout as EngineRollout,
  RolloutMove,
  subjectContent,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { isDeepStrictEqual } from 'node:util';
import { setOf } from '../../automation/rolloutSets';
import {
  PastRollout as StoredPastRollout,
  StoredRollout,
} from '../../database';
import { Access, VisibleFleet } from '../../permissions';
import { listedRings, shownRings, withGates } from '../queries';
import { RolloutEtas, RolloutTimes } from '../RolloutEtas';
import { checkUpdate } from './checkUpdate';
import { noteDecision } from './noteDecision';
import { AreaOperations, OperationOptions } from './Operations';
import { pageRequest } from './pageRequest';

/** Rollouts of applications that the caller may see, and what people ask of them. @internal */
export function rolloutOperations(
  options: OperationOptions,
): AreaOperations<
  'listRollouts' | 'getRolloutHistory' | 'getRollout' | 'commandRollout'
> {
  const { fleet, logger, rollouts, status } = options;
  const etas = RolloutEtas.create(fleet, logger);
  const ringsOf = async (access: Access, rollout: EngineRollout) => {
    const seen = access.fleet();
    const content = await fleet.contentWorld(seen.view, rollout.application);
    return shownRings(seen, status, rollout, content);
  };
  const details = async (
    id: string,
    access: Access,
  ): Promise<RolloutDetails> => {
    const stored = await rollouts.get(id);
    if (!sees(access, stored))
      throw new NotFoundError(`There is no rollout '${id}'`);
    const latest = await rollouts.latest();
    const isLatest = latest.some(each => each.id === id);
    const moves = await rollouts.moves(id);
    const readings = await rollouts.gateReadings([id]);
    const shown = toRollout(stored, access.fleet(), moves.at(-1));
    const rings = isLatest
      ? await ringsOf(access, stored.rollout)
      : shown.rings;
    const times = isLatest ? await etas.of([stored.rollout]) : undefined;
    const withReadings = {
      ...shown,
      rings: withGates(access.fleet(), stored, rings, readings),
    };
    return {
      ...withEta(
        withReadings,
        times?.get(stored.rollout.application),
        access.fleet(),
      ),
      ...(await commandsOf(stored.rollout, isLatest, access)),
      moves: moves.map(move => shownMove(move, access.fleet())),
    };
  };
  return {
    async listRollouts({ access }) {
      const latest = await rollouts.latest();
      const moves = await rollouts.lastMoves();
      const seen = latest.filter(each => sees(access, each));
      const readings = await rollouts.gateReadings(seen.map(({ id }) => id));
      const times = await etas.of(seen.map(({ rollout }) => rollout));
      return {
        items: seen.map(each => {
          const fleetSeen = access.fleet();
          const shown = toRollout(each, fleetSeen, moves.get(each.id));
          const rings = withGates(fleetSeen, each, shown.rings, readings);
          return withEta(
            { ...shown, rings },
            times.get(each.rollout.application),
            fleetSeen,
          );
        }),
      };
    },
    async getRolloutHistory({ query, access }) {
      const { application } = query;
      const { kind, name } = subjectOf(application).named;
      const page = await rollouts.history(application, pageRequest(query));
      // Those of what is registered no more are still there.
      const fleetSeen = access.fleet();
      const isThere =
        page.items.length > 0 || fleetSeen.find(kind, name) !== undefined;
      if (!isThere || !fleetSeen.sees(kind, name))
        throw new NotFoundError(`No ${kind} '${name}' is registered`);
      const items = page.items.map(past => toPastRollout(past, fleetSeen));
      return { ...page, items };
    },
    async getRollout({ path, access }) {
      return details(path.id, access);
    },
    async commandRollout({ path: { id, command }, body, access, http }) {
      const { application } = await details(id, access);
      await checkUpdate(access, subjectOf(application).ref);
      const { actor } = access;
      const standing = await rollouts.latest();
      await fleet.commandRollout(id, { ...body, command, actor });
      const { decisions } = access.fleet().view;
      const changed = await changedWith(id, {
        ...{ rollouts, standing, set: setOf(decisions, application) },
      });
      const { reason } = body;
      for (const { was, now } of changed) {
        const { named } = subjectOf(now.rollout.application);
        const facts = { command, ...(reason !== undefined && { reason }) };
        await noteDecision(
          options,
          { access, http },
          {
            ...{ operation: 'command', ...named },
            before: { rollout: now.id, phase: was?.rollout.phase },
            after: { rollout: now.id, phase: now.rollout.phase, ...facts },
          },
        );
      }
      return details(id, access);
    },
  };
}

/** The rollout that was commanded, and those of its set that went along. */
async function changedWith(
  id: string,
  {
    rollouts,
    standing,
    set,
  }: {
    rollouts: OperationOptions['rollouts'];
    standing: readonly StoredRollout[];
    set: readonly string[];
  },
): Promise<{ was?: StoredRollout; now: StoredRollout }[]> {
  const others = (await rollouts.latest())
    .filter(({ rollout }) => set.includes(rollout.application))
    .map(now => ({ was: standing.find(each => each.id === now.id), now }))
    .filter(({ was, now }) => !isDeepStrictEqual(was, now));
  const was = standing.find(each => each.id === id);
  return [{ was, now: await rollouts.get(id) }, ...others];
}

function sees(access: Access, { rollout }: StoredRollout): boolean {
  const { kind, name } = subjectOf(rollout.application).named;
  return access.fleet().sees(kind, name);
}

/** What rolls out: an application, or the content of a namespace or group. */
function subjectOf(application: string) {
  const named =
    subjectContent(application) ??
    ({ kind: 'EdgeApplication', name: application } as const);
  return { named, ref: entityRefOf(named.kind, named.name) };
}

/** What the caller can ask of it: what its state allows, where he may change the application and nothing newer took its place. */
async function commandsOf(
  rollout: EngineRollout,
  isLatest: boolean,
  access: Access,
): Promise<Pick<RolloutDetails, 'commands' | 'commandsBlocked'>> {
  const { application } = rollout;
  const commands = possibleCommands(rollout);
  if (commands.length === 0) return { commands };
  if (!isLatest) {
    const commandsBlocked = `A newer rollout of '${application}' took its place`;
    return { commands: [], commandsBlocked };
  }
  try {
    await checkUpdate(access, subjectOf(application).ref);
    return { commands };
  } catch (error) {
    if (!(error instanceof NotAllowedError)) throw error;
    return { commands: [], commandsBlocked: error.message };
  }
}

function withEta(
  rollout: Rollout,
  times: RolloutTimes | undefined,
  fleet: VisibleFleet,
): Rollout {
  if (!times) return rollout;
  const shown = ({ reason, ...eta }: RolloutEta): RolloutEta => ({
    ...eta,
    ...(reason !== undefined && { reason: fleet.text(reason) }),
  });
  return {
    ...rollout,
    eta: shown(times.whole),
    rings: rollout.rings.map(ring => {
      const eta = times.rings.get(ring.name);
      return eta ? { ...ring, eta: shown(eta) } : ring;
    }),
  };
}

/** Causes were written for those who see everything. */
function shownMove(move: RolloutMove, fleet: VisibleFleet): RolloutMove {
  return { ...move, cause: fleet.text(move.cause) };
}

function toPastRollout(
  { id, startedAt, rollout, turns }: StoredPastRollout,
  fleet: VisibleFleet,
): PastRollout {
  const { application, version, release, phase, since } = rollout;
  // That nobody has it any more says not why it was taken back.
  const reached = phase === 'rolled-back' ? 'rolling-back' : phase;
  const broughtBy = turns.findLast(({ to }) => to === reached);
  return {
    ...{ id, application, version, release, phase, since, startedAt },
    ...(broughtBy && { broughtBy: shownMove(broughtBy, fleet) }),
  };
}

function toRollout(
  { id, startedAt, rollout }: StoredRollout,
  fleet: VisibleFleet,
  lastMove: RolloutMove | undefined,
): Rollout {
  const { application, version, release, phase, since } = rollout;
  return {
    ...{ id, application, version, release, phase, since, startedAt },
    rings: listedRings(fleet, rollout),
    ...(lastMove && { lastMove: shownMove(lastMove, fleet) }),
  };
}
