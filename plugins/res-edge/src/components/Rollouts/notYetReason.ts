import { ChangeEta, Rollout } from '@res-edge/backstage-plugin-res-edge-common';

/** An application on a cluster, as far as a rollout concerns it. */
export interface StagedPlacement {
  /** When the release is expected here. */
  eta?: ChangeEta;
  /** The cluster's ring. */
  ring?: string;
  /** The version in the bill of the cluster. */
  delivered?: string;
  /** What a change waits for there; left out where none does. */
  reasons?: readonly string[];
}

/**
 * Why a cluster does not have what a rollout brings, or still has what it takes back, as a sentence without its full stop;
 * undefined where it is as it should be.
 */
export function notYetReason(
  { delivered, reasons, ring: name }: StagedPlacement,
  rollout: Rollout,
): string | undefined {
  const { phase, rings, version } = rollout;
  const ring = rings.find(each => each.name === name);
  const isThere = delivered === version;
  const waits = reasons?.join('; ');
  if (!ring) return undefined;
  if (phase === 'rolling-back')
    return isThere
      ? `${version} is taken back; ${waits ?? 'its removal is on the way'}`
      : undefined;
  const isStill = ['paused', 'stopped', 'aborted'].includes(phase);
  if ((!isStill && phase !== 'running') || (isThere && !waits))
    return undefined;
  const why = ringSentence(ring, rollout, waits);
  if (!isStill) return why;
  const cause = rollout.lastMove?.ring ? undefined : rollout.lastMove?.cause;
  return `The rollout is ${phase}${cause ? ` (${cause})` : ''}; ${why}`;
}

function ringSentence(
  { approved, name, needsApproval, phase }: Rollout['rings'][number],
  { rings, version }: Rollout,
  waits: string | undefined,
): string {
  if (phase === 'skipped') return `ring ${name} was skipped`;
  if (phase !== 'waiting')
    return `ring ${name} is ${phase}; ${waits ?? 'it is about to come'}`;
  const before = rings
    .slice(
      0,
      rings.findIndex(each => each.name === name),
    )
    .filter(each => each.phase !== 'done' && each.phase !== 'skipped');
  const person = needsApproval && !approved;
  if (before.length > 0) {
    const others = before.map(
      each => `${each.name} is ${each.phase}${gatesInWords(each)}`,
    );
    return `ring ${name} has not begun: ${others.join(' and ')}${
      person ? '; then a person has to say that it may begin' : ''
    }`;
  }
  return person
    ? `ring ${name} has not begun: a person has to say that ${version} may come to it`
    : `ring ${name} has not begun: it is next`;
}

/** The gates that do not let a ring come to its end. */
function gatesInWords({ gates = [], phase }: Rollout['rings'][number]): string {
  const against = gates
    .filter(({ state }) => state !== 'passing' && phase === 'soaking')
    .map(({ message, name }) => `gate ${name}: ${message}`);
  return against.length > 0 ? ` (${against.join('; ')})` : '';
}
