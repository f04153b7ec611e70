import {
  EdgeClusterEntity,
  Selector,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ApplicationRelease } from '../model';
import type { Fleet } from './reference';

/** What the narrowest override that holds now pins on a cluster, of what there is. */
export function pinHere(
  fleet: Fleet,
  cluster: EdgeClusterEntity,
  app: string,
  matches: (
    fleet: Fleet,
    cluster: EdgeClusterEntity,
    selector: Selector,
  ) => boolean,
): ApplicationRelease | undefined {
  const { releases, versions = [] } = fleet.decisions.applications.get(app)!;
  const time = (fleet.now ?? new Date(0)).getTime();
  const width = (selector: Selector) =>
    fleet.clusters.filter(each => matches(fleet, each, selector)).length;
  const found = [...fleet.decisions.policies.values()].flatMap(
    ({ metadata, spec }) => {
      if (spec.type !== 'override' || !spec.pins) return [];
      const { version } = spec.pins;
      const release = [...[...releases].reverse(), ...versions].find(
        each => each.version === version,
      );
      return release &&
        spec.applications?.names?.includes(app) &&
        (spec.start === undefined || time >= Date.parse(spec.start)) &&
        time < Date.parse(spec.end) &&
        matches(fleet, cluster, spec.clusters)
        ? [{ release, width: width(spec.clusters), name: metadata.name }]
        : [];
    },
  );
  found.sort((a, b) => a.width - b.width || (a.name < b.name ? -1 : 1));
  return found[0]?.release;
}
