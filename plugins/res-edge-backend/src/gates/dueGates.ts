import { GateRequest } from '@res-edge/backstage-plugin-res-edge-node';
import {
  Bitmap,
  subjectContent,
  subjectPolicy,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { StoredGateReading, StoredRollout } from '../database';
import { FleetView } from '../service/FleetView';
import { compareStrings } from '../util/compareStrings';
import { readingOf } from './gateReadings';

/** A gate that is to be read. @internal */
export type DueGate = Omit<GateRequest, 'signal'>;

/** The gates of rings that are under way and have a cluster. @internal */
export function dueGates(
  latest: readonly StoredRollout[],
  view: Pick<FleetView, 'decisions' | 'plan' | 'snapshot'>,
): DueGate[] {
  return latest.flatMap(stored => dueOf(stored, view));
}

/** Those first that were read least lately: where one pass is too short for all, the next begins with the others. @internal */
export function leastLatelyFirst(
  due: readonly DueGate[],
  readings: readonly StoredGateReading[],
): DueGate[] {
  return due
    .map(gate => ({ gate, at: readingOf(readings, gate)?.at ?? '' }))
    .sort((one, other) => compareStrings(one.at, other.at))
    .map(({ gate }) => gate);
}

function dueOf(
  { id, rollout }: StoredRollout,
  {
    decisions,
    plan,
    snapshot,
  }: Pick<FleetView, 'decisions' | 'plan' | 'snapshot'>,
): DueGate[] {
  if (rollout.phase !== 'running') return [];
  const { application, version, release } = rollout;
  const policy = subjectPolicy(decisions, application) ?? '';
  const spec = decisions.policies.get(policy)?.spec;
  const placed = placedOf({ plan, snapshot }, application);
  if (spec?.type !== 'rollout' || !placed) return [];
  return spec.rings.flatMap(({ name: ring, gates = [] }) => {
    const phase = rollout.rings.find(each => each.name === ring)?.phase;
    if (phase !== 'rolling' && phase !== 'soaking') return [];
    const own = plan.rollouts
      .get(policy)
      ?.rings.find(each => each.name === ring)?.clusters;
    const clusters = own ? snapshot.namesOf(own.clone().and(placed)) : [];
    return clusters.length === 0
      ? []
      : gates.map(gate => ({
          ...{ gate, rollout: id, application, version, release },
          ...{ ring, clusters },
        }));
  });
}

/** Where an application or a content is, or shall be. */
function placedOf(
  { plan, snapshot }: Pick<FleetView, 'plan' | 'snapshot'>,
  application: string,
): Bitmap | undefined {
  const content = subjectContent(application);
  switch (content?.kind) {
    case 'EdgeGroup':
      return snapshot.groupMembers(content.name);
    case 'EdgeNamespace':
      return plan.namespaces.get(content.name);
    default:
      return plan.applications.get(application)?.placed;
  }
}
