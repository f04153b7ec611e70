import { NotFoundError } from '@backstage/errors';
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
  explainHold,
  Snapshot,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { VisibleFleet } from '../../permissions';
import { shownExplanation } from './shownExplanation';
import { fieldError } from './fieldError';

/** Which clusters a selector matches now. @throws SelectorError with the place @internal */
export function previewSelector(
  fleet: VisibleFleet,
  request: { selector: Selector; sample?: number; by?: string },
): SelectorPreview {
  const { selector, sample = 20, by } = request;
  if (by !== undefined && !fleet.groups.has(by)) {
    throw fieldError('by', `no group '${by}' is registered`);
  }
  const clusters = fleet.only(
    compileSelector(fleet.selectorContext, selector).clusters,
  );
  return {
    count: clusters.count(),
    total: fleet.size,
    sample: firstNames(fleet.view.snapshot, clusters, sample),
    byGroup:
      by === undefined
        ? countByHierarchy(fleet, clusters)
        : countByGroup(fleet, clusters, by),
  };
}

/** Why an application is placed on a cluster, or why not. @throws NotFoundError @internal */
export function explainPlacement(
  fleet: VisibleFleet,
  application: string,
  cluster: string,
): Explanation {
  if (fleet.numberOf(cluster) === undefined) {
    throw new NotFoundError(`There is no cluster '${cluster}'`);
  }
  if (!fleet.sees('EdgeApplication', application)) {
    throw new NotFoundError(`There is no application '${application}' on main`);
  }
  const { input, plan, delivered, holding } = fleet.view;
  const explanation = explain(input, plan, application, cluster);
  const waiting = holding.waiting(application, fleet.numberOf(cluster)!);
  return {
    ...shownExplanation(fleet, {
      ...explanation,
      steps: [...explanation.steps, explainHold(waiting)],
    }),
    delivered: delivered.version(cluster, application),
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
