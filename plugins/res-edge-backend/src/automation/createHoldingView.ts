import { entityRefOf } from '@res-edge/backstage-plugin-res-edge-common';
import {
  Bitmap,
  Decisions,
  groupSubject,
  HeldChanges,
  isEnded,
  namespaceSubject,
  Rollout,
  Snapshot,
  subjectPolicy,
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
  /** What is said of a rollout of content; nothing where none is under way. */
  const contentReasons = (
    subject: string,
    text: (phase: Rollout['phase']) => string,
  ) => {
    const rollout = rollouts.get(subject);
    const policy = subjectPolicy(decisions, subject);
    if (!policy || !rollout || isEnded(rollout)) return [];
    return [
      {
        rule: entityRefOf('EdgePolicy', policy),
        reason: `${text(
          rollout.phase,
        )}; its rings and batches come one after the other`,
      },
    ];
  };
  const namespaceReason = (namespace = '') =>
    contentReasons(
      namespaceSubject(namespace),
      phase => `The rollout of namespace '${namespace}' is ${phase}`,
    );
  const groupReasons = (cluster: number) =>
    [...decisions.groups.keys()]
      .filter(group => snapshot.groupMembers(group).has(cluster))
      .flatMap(group =>
        contentReasons(
          groupSubject(group),
          phase =>
            `It waits for the content of group '${group}', whose rollout is ${phase}`,
        ),
      );
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
      if (content.length > 0) return { reasons: content };
      const groups = groupReasons(cluster);
      const isOwn = rollout !== undefined && !isEnded(rollout);
      if (groups.length > 0 && !isOwn) return { reasons: groups };
      if (!rollout || !policy) return undefined;
      const { version, phase } = rollout;
      return {
        reasons: [
          {
            rule: entityRefOf('EdgePolicy', policy),
            reason: `The rollout of ${version} is ${phase}; its batches come one after the other`,
          },
          ...groups,
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
