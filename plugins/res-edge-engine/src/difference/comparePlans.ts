import {
  ClusterSet,
  PlanEffect,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { ApplicationPlan, Plan } from '../model';
import { Snapshot, compareNames } from '../snapshot';
import { countByHierarchy } from './countByGroup';

const SAMPLE = 20;

/** One application or namespace in one plan. */
interface Side {
  readonly on: Bitmap;
  readonly refused: Bitmap;
  readonly version?: string;
  readonly release?: string;
}

/**
 * What differs between two plans, by application and then by namespace, each in order of names.
 *
 * Clusters are compared by name: one that is gone counts among the lost, of which groups of the older snapshot tell.
 * `refused` holds what is refused now and was not before; `changed` what stays and gets another release.
 *
 * @public
 */
export function comparePlans(
  before: Plan | undefined,
  after: Plan,
): PlanEffect[] {
  const names = (pick: (plan: Plan) => Iterable<string>) =>
    [...new Set([...(before ? pick(before) : []), ...pick(after)])].sort(
      compareNames,
    );
  return [
    ...names(plan => plan.applications.keys()).map(name =>
      effect('application', name, before, after, plan =>
        applicationSide(plan.snapshot, plan.applications.get(name)),
      ),
    ),
    ...names(plan => plan.namespaces.keys()).map(name =>
      effect('namespace', name, before, after, plan =>
        namespaceSide(plan, name),
      ),
    ),
  ].filter(found => found !== undefined);
}

function effect(
  kind: PlanEffect['kind'],
  name: string,
  before: Plan | undefined,
  after: Plan,
  sideOf: (plan: Plan) => Side,
): PlanEffect | undefined {
  const { snapshot } = after;
  const now = sideOf(after);
  const old = before && sideOf(before);
  const translate = (clusters: Bitmap | undefined): Bitmap => {
    if (!before || !clusters) return Bitmap.empty(snapshot.size);
    return before.snapshot === snapshot
      ? clusters.clone()
      : snapshot.bitmapOf(before.snapshot.namesOf(clusters));
  };
  const oldOn = translate(old?.on);
  const oldRefused = translate(old?.refused);
  const won = now.on.clone().andNot(oldOn);
  const refused = now.refused.clone().andNot(oldRefused);
  const changed =
    old && now.release && old.release !== now.release
      ? now.on.clone().and(oldOn)
      : Bitmap.empty(snapshot.size);
  const lost =
    before && old ? lostClusters(before, old, after, now) : emptySet();
  if (
    won.isEmpty() &&
    refused.isEmpty() &&
    changed.isEmpty() &&
    lost.count === 0
  )
    return undefined;
  const version = versionOf(old?.version, now.version);
  return {
    kind,
    name,
    ...(version && { version }),
    won: clusterSet(snapshot, won),
    lost,
    changed: clusterSet(snapshot, changed),
    refused: clusterSet(snapshot, refused),
  };
}

/** Counted over the older snapshot, which knows clusters that are gone. */
function lostClusters(
  before: Plan,
  old: Side,
  after: Plan,
  now: Side,
): ClusterSet {
  const { snapshot } = before;
  const kept =
    snapshot === after.snapshot
      ? now.on
      : snapshot.bitmapOf(after.snapshot.namesOf(now.on));
  return clusterSet(snapshot, old.on.clone().andNot(kept));
}

function applicationSide(
  snapshot: Snapshot,
  plan: ApplicationPlan | undefined,
): Side {
  const refused = Bitmap.empty(snapshot.size);
  for (const refusal of plan?.refusals ?? []) refused.or(refusal.clusters);
  return {
    on: plan?.placed ?? Bitmap.empty(snapshot.size),
    refused,
    version: plan?.version,
    release: plan?.release,
  };
}

function namespaceSide(
  { snapshot, namespaces, namespaceReleases }: Plan,
  name: string,
): Side {
  return {
    on: namespaces.get(name) ?? Bitmap.empty(snapshot.size),
    refused: Bitmap.empty(snapshot.size),
    release: namespaceReleases.get(name),
  };
}

function versionOf(
  from: string | undefined,
  to: string | undefined,
): PlanEffect['version'] {
  if (from === undefined && to === undefined) return undefined;
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

function clusterSet(snapshot: Snapshot, clusters: Bitmap): ClusterSet {
  const sample: string[] = [];
  for (const number of clusters) {
    if (sample.length === SAMPLE) break;
    sample.push(snapshot.clusters[number].metadata.name);
  }
  const count = clusters.count();
  if (count === 0) return emptySet();
  return { count, sample, byGroup: countByHierarchy(snapshot, clusters) };
}

function emptySet(): ClusterSet {
  return { count: 0, sample: [], byGroup: [] };
}
