import {
  Rollout,
  RolloutDetails,
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
    ],
    rollouts.map(({ application, version, phase, since, rings, ...more }) => [
      ...[application, version, phase, since],
      rings.map(ring => `${ring.name}:${ring.phase}`).join(' '),
      ...(isWide ? [more.startedAt, more.id] : []),
    ]),
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
    rings,
    moves,
    commands,
  } = rollout;
  const lines = [
    `${application} ${version}: ${phase} since ${since}`,
    `Started ${startedAt}, id ${rollout.id}`,
    ...(commands.length > 0 ? [`You may ask for ${commands.join(', ')}`] : []),
  ].map(line => `${printable(line)}\n`);
  return [
    lines.join(''),
    table(
      ['RING', 'PHASE', 'SINCE', 'NOTES'],
      rings.map(ring => [ring.name, ring.phase, ring.since, notesOf(ring)]),
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

function notesOf({ approved, gates = [] }: Rollout['rings'][number]): string {
  return [
    ...(approved ? ['a person said that it may begin'] : []),
    ...gates.map(({ name, state, message }) => `${name} ${state}: ${message}`),
  ].join('; ');
}
