import { entityRefOf } from '@res-edge/backstage-plugin-res-edge-common';
import { ComponentLine } from '../../model';
import { combinationKey } from './componentCombinations';
import type { ReportMissing, WantedCluster } from './ClusterComposer';
import { componentGroup } from './bill';
import { PlacedGroup } from './FleetRevisions';

/** The components that a cluster shall get, by application; those of its own build under undefined. @internal */
export type WantedComponents = ReadonlyMap<
  string | undefined,
  readonly string[]
>;

const NONE: WantedComponents = new Map();

/** In the order of the groups: the stronger come later. @internal */
export function wantedComponents(
  groups: readonly PlacedGroup[],
): WantedComponents {
  if (groups.length === 0) return NONE;
  const wanted = new Map<string | undefined, string[]>();
  for (const { components } of groups) {
    for (const { path, application } of components) {
      const paths = wanted.get(application);
      if (paths) paths.push(path);
      else wanted.set(application, [path]);
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
  if (wanted.size === 0 && stayed.size === 0) return [];
  const own = wanted.get(undefined) ?? [];
  const reason = cluster.broken.get(combinationKey(undefined, own));
  const lines: ComponentLine[] =
    reason === undefined && !cluster.held
      ? own.map(path => ({ path }))
      : delivered.filter(({ application }) => application === undefined);
  if (reason !== undefined) {
    for (const group of new Set(own.map(path => componentGroup(path)!.name))) {
      report(entityRefOf('EdgeGroup', group), reason);
    }
  }
  for (const [application, paths] of wanted) {
    if (application === undefined) continue;
    if (!present.has(application) || stayed.has(application)) continue;
    lines.push(...paths.map(path => ({ path, application })));
  }
  const kept = delivered.filter(
    ({ application }) => application !== undefined && stayed.has(application),
  );
  return [...lines, ...kept];
}
