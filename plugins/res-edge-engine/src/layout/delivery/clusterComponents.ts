import { entityRefOf } from '@res-edge/backstage-plugin-res-edge-common';
import { ComponentLine } from '../../model';
import { combinationKey } from './componentCombinations';
import type { ReportMissing, WantedCluster } from './ClusterComposer';
import { componentGroup } from './bill';
import { missingValue } from './clusterValues';
import { PlacedComponent, PlacedGroup } from './FleetRevisions';
import { Revision } from '../revision/Revision';

/** The components that a cluster shall get, by application; those of its own build under undefined. @internal */
export type WantedComponents = ReadonlyMap<
  string | undefined,
  readonly PlacedComponent[]
>;

const NONE: WantedComponents = new Map();

/** In the order of the groups: the stronger come later. @internal */
export function wantedComponents(
  groups: readonly PlacedGroup[],
): WantedComponents {
  if (groups.length === 0) return NONE;
  const wanted = new Map<string | undefined, PlacedComponent[]>();
  for (const { components } of groups) {
    for (const component of components) {
      const known = wanted.get(component.application);
      if (known) known.push(component);
      else wanted.set(component.application, [component]);
    }
  }
  return wanted;
}

/**
 * The components of a cluster's bill. An application that stays as it was delivered keeps the components that it has,
 * because nobody knows whether new ones build with it. Those of the cluster's own build wait for all that is held there.
 *
 * @param stayed - applications that are there, and do not change
 * @internal
 */
export function billComponents(
  cluster: WantedCluster,
  wanted: WantedComponents,
  present: ReadonlySet<string>,
  stayed: ReadonlySet<string>,
  report: ReportMissing,
): ComponentLine[] {
  const delivered = cluster.delivered?.bill.components ?? [];
  if (wanted.size === 0 && stayed.size === 0 && !cluster.held) return [];
  const own = wanted.get(undefined) ?? [];
  const waiting = waitingComponents(cluster.held?.groups, delivered, wanted);
  const ownWait = waiting.has(undefined) || cluster.held?.firm === true;
  const reason = waiting.has(undefined)
    ? undefined
    : componentProblem(cluster, undefined, wanted, report);
  const stay = (application: string | undefined) =>
    application !== undefined &&
    present.has(application) &&
    (stayed.has(application) || waiting.has(application));
  const lines: ComponentLine[] =
    reason === undefined && !ownWait
      ? own.map(({ path }) => ({ path }))
      : delivered.filter(({ application }) => application === undefined);
  for (const [application, components] of wanted) {
    if (application === undefined) continue;
    if (!present.has(application) || stay(application)) continue;
    lines.push(...components.map(({ path }) => ({ path, application })));
  }
  const kept = delivered.filter(({ application }) => stay(application));
  return [...lines, ...kept];
}

/**
 * Into which builds components of waiting groups go otherwise than they are delivered: these keep all components that they
 * have, because nobody knows whether those of other groups build with them. The cluster's own build is undefined.
 *
 * @internal
 */
export function waitingComponents(
  groups: ReadonlySet<string> | undefined,
  delivered: readonly ComponentLine[],
  wanted: WantedComponents,
): ReadonlySet<string | undefined> {
  const waiting = new Set<string | undefined>();
  if (!groups || groups.size === 0) return waiting;
  const isHeld = (path: string) => groups.has(componentGroup(path)?.name ?? '');
  const builds = new Set([
    ...wanted.keys(),
    ...delivered.map(({ application }) => application),
  ]);
  for (const build of builds) {
    const before = delivered
      .filter(({ path, application }) => application === build && isHeld(path))
      .map(({ path }) => path);
    const after = (wanted.get(build) ?? [])
      .filter(({ path }) => isHeld(path))
      .map(({ path }) => path);
    if (before.join() !== after.join()) waiting.add(build);
  }
  return waiting;
}

/**
 * Groups of which a component is not on a cluster as it is wanted, although nothing waits.
 *
 * @param lines - the components that it gets
 * @param present - the applications that it has
 * @internal
 */
export function missingComponents(
  { held, delivered }: Pick<WantedCluster, 'held' | 'delivered'>,
  wanted: WantedComponents,
  lines: readonly ComponentLine[],
  present: ReadonlySet<string>,
): ReadonlySet<string> {
  const missing = new Set<string>();
  const before = delivered?.bill.components ?? [];
  const waiting = waitingComponents(held?.groups, before, wanted);
  for (const [build, components] of wanted) {
    const waits =
      build === undefined
        ? held?.firm
        : !present.has(build) || held?.applications.has(build);
    if (waits || waiting.has(build)) continue;
    for (const { path } of components) {
      const isThere = lines.some(
        line => line.application === build && line.path === path,
      );
      if (!isThere) missing.add(componentGroup(path)!.name);
    }
  }
  return missing;
}

/**
 * Why the components that go into an application's build, or into the cluster's own, cannot be delivered on a cluster.
 * It is told of their group too.
 *
 * @internal
 */
export function componentProblem(
  { broken, values }: WantedCluster,
  into: { name: string; revision: Revision } | undefined,
  components: WantedComponents,
  report: ReportMissing,
): string | undefined {
  const found = components.get(into?.name);
  if (!found) return undefined;
  const paths = found.map(({ path }) => path);
  const reason = broken.get(combinationKey(into?.revision, paths));
  if (reason !== undefined) {
    // The check that found it has named the group, where it goes into an application.
    if (!into) reportGroups(paths, reason, report);
    return reason;
  }
  for (const { path, clusterKeys, problem } of found) {
    const missing = problem ?? (values && missingValue(clusterKeys, values));
    if (missing === undefined) continue;
    const component = path.slice(path.lastIndexOf('/') + 1);
    const { name } = componentGroup(path)!;
    const text = `component '${component}' of group '${name}': ${missing}`;
    reportGroups([path], text, report);
    return text;
  }
  return undefined;
}

function reportGroups(
  paths: readonly string[],
  reason: string,
  report: ReportMissing,
) {
  for (const group of new Set(paths.map(path => componentGroup(path)!.name))) {
    report(entityRefOf('EdgeGroup', group), reason);
  }
}
