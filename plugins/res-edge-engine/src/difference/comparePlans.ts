import {
  ClusterSet,
  PlanEffect,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { HeldChanges, Plan } from '../model';
import { compareNames } from '../snapshot';
import { describeClusters, FleetSight, NO_CLUSTERS } from './describeClusters';

/** What {@link comparePlans} looks at beside the plans. @public */
export interface ComparePlansOptions {
  /** Nothing else of the fleets counts; all of them where left out. */
  readonly only?: { readonly before: FleetSight; readonly after: FleetSight };
  /** What each of the plans wants and holds keep back. */
  readonly held?: { readonly before: HeldChanges; readonly after: HeldChanges };
}

/** One application or namespace in one plan. */
interface Side {
  readonly on: Bitmap;
  readonly refused: Bitmap;
  /** What it is, by clusters. */
  readonly releases: readonly {
    readonly digest: string;
    readonly version?: string;
    readonly clusters: Bitmap;
  }[];
  /** Names of clusters. */
  readonly held: readonly string[];
}

/** One of the plans, with what of it counts. */
interface Shown {
  readonly plan: Plan;
  readonly sight?: FleetSight;
  readonly held?: HeldChanges;
}

/**
 * What differs between two plans, by application and then by namespace, each in order of names.
 *
 * Clusters are compared by name: one that is gone counts among the lost, of which groups of the older snapshot tell.
 * `refused` holds what is refused now and was not before; `changed` what stays and gets another release. `held` and
 * `released` are there where it is known what waits: what waits now and did not, and the other way round.
 *
 * @public
 */
export function comparePlans(
  before: Plan | undefined,
  after: Plan,
  { only, held }: ComparePlansOptions = {},
): PlanEffect[] {
  const one = before && {
    plan: before,
    sight: only?.before,
    held: held?.before,
  };
  const other = { plan: after, sight: only?.after, held: held?.after };
  const names = (pick: (shown: Shown) => Iterable<string>) =>
    [...new Set([...(one ? pick(one) : []), ...pick(other)])].sort(
      compareNames,
    );
  return [
    ...names(({ plan, held: waits }) => [
      ...plan.applications.keys(),
      ...(waits?.applications.keys() ?? []),
    ]).map(name =>
      effect('application', name, one, other, shown =>
        applicationSide(shown, name),
      ),
    ),
    ...names(({ plan, held: waits }) => [
      ...plan.namespaces.keys(),
      ...(waits?.namespaces.keys() ?? []),
    ]).map(name =>
      effect('namespace', name, one, other, shown =>
        namespaceSide(shown, name),
      ),
    ),
  ].filter(found => found !== undefined);
}

function effect(
  kind: PlanEffect['kind'],
  name: string,
  before: Shown | undefined,
  after: Shown,
  sideOf: (shown: Shown) => Side,
): PlanEffect | undefined {
  const { snapshot } = after.plan;
  const now = sideOf(after);
  const old = before && sideOf(before);
  const renumbering =
    before && snapshot.differenceFrom(before.plan.snapshot).renumbering;
  const translate = (clusters: Bitmap | undefined): Bitmap =>
    clusters && renumbering
      ? renumbering.set(clusters)
      : Bitmap.empty(snapshot.size);
  const oldOn = translate(old?.on);
  const won = now.on.clone().andNot(oldOn);
  const refused = now.refused.clone().andNot(translate(old?.refused));
  const changed = changedClusters(now, oldOn, old, translate);
  const stayed = oldOn.clone().andNot(now.on);
  const touched = won.clone().or(changed).or(stayed);
  const waits = after.held && waiting(before, old, after, now, touched);
  const found = {
    won: clusterSet(after, won),
    lost:
      before && old
        ? clusterSet(before, lostClusters(before, old, after, stayed))
        : NO_CLUSTERS,
    changed: clusterSet(after, changed),
    refused: clusterSet(after, refused),
    ...(waits && {
      held: clusterSet(after, waits.held),
      released: clusterSet(after, waits.released),
    }),
  };
  if (Object.values(found).every(({ count }) => count === 0)) return undefined;
  const came = changed.clone().or(won).or(refused);
  const version = versionOf(
    old && versionOn(old, ({ clusters }) => translate(clusters), came),
    versionOn(now, ({ clusters }) => clusters, came),
  );
  return { kind, name, ...(version && { version }), ...found };
}

/** Clusters that stay, and get another release; where nobody knows one, what is there stays. */
function changedClusters(
  now: Side,
  oldOn: Bitmap,
  old: Side | undefined,
  translate: (clusters: Bitmap | undefined) => Bitmap,
): Bitmap {
  const changed = now.on.clone().and(oldOn);
  const known = Bitmap.empty(changed.size);
  for (const { digest, clusters } of now.releases) {
    known.or(clusters);
    const was = old?.releases.find(other => other.digest === digest);
    if (was) changed.andNot(translate(was.clusters).clone().and(clusters));
  }
  return changed.and(known);
}

/** Counted over the older snapshot, which knows clusters that are gone; `stayed` are those that are not. */
function lostClusters(
  { plan: { snapshot } }: Shown,
  old: Side,
  { plan: after }: Shown,
  stayed: Bitmap,
): Bitmap {
  const { renumbering } = after.snapshot.differenceFrom(snapshot);
  if (renumbering.isNone) return stayed;
  const lost = snapshot.bitmapOf(after.snapshot.namesOf(stayed));
  for (const number of renumbering.removed) {
    if (old.on.has(number)) lost.add(number);
  }
  return lost;
}

/** Clusters that are gone wait for nothing. */
function waiting(
  before: Shown | undefined,
  old: Side | undefined,
  { plan: { snapshot } }: Shown,
  now: Side,
  touched: Bitmap,
) {
  const was = snapshot.bitmapOf(before && old ? old.held : []);
  const is = snapshot.bitmapOf(now.held);
  return {
    held: is.clone().andNot(was.clone().andNot(touched)),
    released: was.andNot(is),
  };
}

function applicationSide(
  { plan: { snapshot, applications }, held }: Shown,
  name: string,
): Side {
  const plan = applications.get(name);
  const refused = Bitmap.empty(snapshot.size);
  for (const refusal of plan?.refusals ?? []) refused.or(refusal.clusters);
  return {
    on: plan?.placed ?? Bitmap.empty(snapshot.size),
    refused,
    releases: (plan?.releases ?? []).map(({ release, clusters }) => ({
      digest: release.digest,
      version: release.version,
      clusters,
    })),
    held: held?.applications.get(name) ?? [],
  };
}

function namespaceSide({ plan, held }: Shown, name: string): Side {
  const { snapshot, namespaces, namespaceReleases } = plan;
  const on = namespaces.get(name) ?? Bitmap.empty(snapshot.size);
  const digest = namespaceReleases.get(name);
  return {
    on,
    refused: Bitmap.empty(snapshot.size),
    releases: digest === undefined ? [] : [{ digest, clusters: on }],
    held: held?.namespaces.get(name) ?? [],
  };
}

/** The version on one of these clusters, or else on any. */
function versionOn(
  { releases }: Side,
  clustersOf: (release: Side['releases'][number]) => Bitmap,
  came: Bitmap,
): string | undefined {
  const here = releases.find(release => clustersOf(release).intersects(came));
  return (here ?? releases[0])?.version;
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

function clusterSet(
  { plan: { snapshot }, sight }: Shown,
  clusters: Bitmap,
): ClusterSet {
  return describeClusters(snapshot, clusters, sight);
}
