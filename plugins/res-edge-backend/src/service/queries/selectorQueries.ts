import {
  Explanation,
  Selector,
  SelectorPreview,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  Bitmap,
  compileSelector,
  countByGroup,
  countByHierarchy,
  explain,
  Snapshot,
  withNamespaces,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { FleetView } from '../FleetView';
import { fieldError } from './fieldError';

/** Which clusters a selector matches now. @throws SelectorError with the place @internal */
export function previewSelector(
  { snapshot, plan }: FleetView,
  request: { selector: Selector; sample?: number; by?: string },
): SelectorPreview {
  const { selector, sample = 20, by } = request;
  if (by !== undefined && !snapshot.groups.has(by)) {
    throw fieldError('by', `no group '${by}' is registered`);
  }
  const context = withNamespaces(snapshot, name => plan.namespaces.get(name));
  const { clusters } = compileSelector(context, selector);
  return {
    count: clusters.count(),
    total: snapshot.size,
    sample: firstNames(snapshot, clusters, sample),
    byGroup:
      by === undefined
        ? countByHierarchy(snapshot, clusters)
        : countByGroup(snapshot, clusters, by),
  };
}

/** Why an application is placed on a cluster, or why not. @throws NotFoundError @internal */
export function explainPlacement(
  view: FleetView,
  application: string,
  cluster: string,
): Explanation {
  return {
    ...explain(view.input, view.plan, application, cluster),
    delivered: view.delivered.version(cluster, application),
  };
}

/** The names of the first clusters of a set. @internal */
export function firstNames(
  snapshot: Snapshot,
  clusters: Bitmap,
  limit: number,
): string[] {
  const names: string[] = [];
  for (const number of clusters) {
    if (names.length >= limit) {
      break;
    }
    names.push(snapshot.clusters[number].metadata.name);
  }
  return names;
}
