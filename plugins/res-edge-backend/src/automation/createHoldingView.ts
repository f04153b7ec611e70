import { entityRefOf } from '@res-edge/backstage-plugin-res-edge-common';
import {
  Bitmap,
  Decisions,
  HeldChanges,
  isEnded,
  namespaceSubject,
  Rollout,
  Snapshot,
  waitingChange,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { drainingClusters, namedClusters } from './createRolloutWorld';
import { HoldingView } from '../service/FleetView';
import { HeldPlan } from './Holding';

/** What waits, for those who ask. @internal */
export function createHoldingView(options: {
  snapshot: Snapshot;
  decisions: Decisions;
  plan: HeldPlan;
  /** What the last delivery kept back. */
  held: HeldChanges;
  /** What it could not make. */
  undeliverable: HeldChanges;
  /** The newest of each application. */
  rollouts: ReadonlyMap<string, Rollout>;
}): HoldingView {
  const { snapshot, decisions, plan, held, rollouts } = options;
  const { undeliverable } = options;
  const bitmaps = new Map<string, Bitmap>();
  const heldOn = (application: string) => {
    let found = bitmaps.get(application);
    if (!found) {
      found = namedClusters(snapshot, held.applications.get(application));
      bitmaps.set(application, found);
    }
    return found;
  };
  const cannotGet = (application: string) =>
    namedClusters(snapshot, undeliverable.applications.get(application));
  const namespaceReason = (namespace = '') => {
    const rollout = rollouts.get(namespaceSubject(namespace));
    const policy = decisions.namespaces.get(namespace)?.entity.spec.rollout;
    if (!policy || !rollout || isEnded(rollout)) return undefined;
    return {
      rule: entityRefOf('EdgePolicy', policy),
      reason: `The rollout of namespace '${namespace}' is ${rollout.phase}; its rings and batches come one after the other`,
    };
  };
  return {
    clusters: heldOn,
    deferred: application =>
      drainingClusters(snapshot)
        .clone()
        .or(
          plan.holds.applications.get(application) ??
            Bitmap.empty(snapshot.size),
        ),
    undeliverable: cannotGet,
    waiting(application, cluster) {
      const decision = decisions.applications.get(application);
      if (!decision) return undefined;
      const waiting = waitingChange(plan, decision.entity, cluster);
      if (waiting || !heldOn(application).has(cluster)) return waiting;
      if (cannotGet(application).has(cluster))
        return { reasons: [undeliverableReason(application)] };
      const rollout = rollouts.get(application);
      const policy = decision.entity.spec.rollout;
      const content = namespaceReason(decision.entity.spec.namespace);
      if (content) return { reasons: [content] };
      if (!rollout || !policy) return undefined;
      const { version, phase } = rollout;
      return {
        reasons: [
          {
            rule: entityRefOf('EdgePolicy', policy),
            reason: `The rollout of ${version} is ${phase}; its batches come one after the other`,
          },
        ],
      };
    },
    opens(application, cluster, from) {
      const decision = decisions.applications.get(application);
      return (
        decision &&
        plan.schedule.nextChange(
          { application: decision.entity },
          cluster,
          from,
        )
      );
    },
    effect: policy => plan.schedule.effect(policy, plan.now),
    now: plan.now,
  };
}

function undeliverableReason(application: string) {
  return {
    rule: entityRefOf('EdgeApplication', application),
    reason:
      'It cannot be delivered there as things are; the problems of the application say why',
  };
}
