import {
  Rollout,
  RolloutDetails,
  RolloutEta,
} from '@res-edge/backstage-plugin-res-edge-common';
import { printable, table } from '../../terminal/table';

/** Rollouts as rows. @internal */
export function rolloutsText(
  rollouts: readonly Rollout[],
  isWide: boolean,
): string {
  if (rollouts.length === 0) return 'no application has a rollout\n';
  return table(
    [
      ...['APPLICATION', 'VERSION', 'PHASE', 'SINCE', 'RINGS'],
      ...(isWide ? ['STARTED', 'ID'] : []),
      'ENDS',
    ],
    rollouts.map(
      ({ application, version, phase, since, rings, eta, ...more }) => [
        ...[application, version, phase, since],
        rings.map(ring => `${ring.name}:${ring.phase}`).join(' '),
        ...(isWide ? [more.startedAt, more.id] : []),
        eta?.endsAt ?? eta?.reason ?? '-',
      ],
    ),
  );
}

/** A rollout with its rings, and all that happened. @internal */
export function rolloutText(rollout: RolloutDetails): string {
  const {
    application,
    version,
    phase,
    since,
    startedAt,
    eta,
    rings,
    moves,
    commands,
  } = rollout;
  const lines = [
    `${application} ${version}: ${phase} since ${since}`,
    `Started ${startedAt}, id ${rollout.id}`,
    ...expectedEnd(eta),
    ...(commands.length > 0 ? [`You may ask for ${commands.join(', ')}`] : []),
  ].map(line => `${printable(line)}\n`);
  return [
    lines.join(''),
    table(
      ['RING', 'PHASE', 'SINCE', 'STARTS', 'ENDS', 'NOTES'],
      rings.map(ring => [
        ...[ring.name, ring.phase, ring.since],
        ...[ring.eta?.startsAt ?? '-', ring.eta?.endsAt ?? '-'],
        notesOf(ring, eta),
      ]),
    ),
    moves.length === 0
      ? 'nothing has happened yet\n'
      : table(
          ['AT', 'RING', 'FROM', 'TO', 'BY', 'CAUSE'],
          moves.map(({ at, ring = 'all', from, to, actor = '-', cause }) => [
            ...[at, ring, from, to, actor, cause],
          ]),
        ),
  ].join('\n');
}

function expectedEnd(eta: RolloutEta | undefined): string[] {
  if (eta?.endsAt !== undefined)
    return [`Expected to be done about ${eta.endsAt}`];
  return eta?.reason === undefined ? [] : [`No time is known: ${eta.reason}`];
}

/** @param whole - of the rollout: what it says of all rings is not said again */
function notesOf(
  { approved, eta, gates = [], progress }: Rollout['rings'][number],
  whole: RolloutEta | undefined,
): string {
  const reason = eta?.reason === whole?.reason ? undefined : eta?.reason;
  const { pinned = 0 } = progress ?? {};
  return [
    ...(pinned > 0 ? [`${pinned} pinned to a version, in no ring`] : []),
    ...(reason === undefined ? [] : [`no time is known: ${reason}`]),
    ...(approved ? ['a person said that it may begin'] : []),
    ...gates.map(({ name, state, message }) => `${name} ${state}: ${message}`),
  ].join('; ');
}
