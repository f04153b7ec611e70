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
  const reason = componentProblem(cluster, undefined, wanted, report);
  const lines: ComponentLine[] =
    reason === undefined && !cluster.held
      ? own.map(({ path }) => ({ path }))
      : delivered.filter(({ application }) => application === undefined);
  for (const [application, components] of wanted) {
    if (application === undefined) continue;
    if (!present.has(application) || stayed.has(application)) continue;
    lines.push(...components.map(({ path }) => ({ path, application })));
  }
  const kept = delivered.filter(
    ({ application }) => application !== undefined && stayed.has(application),
  );
  return [...lines, ...kept];
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
