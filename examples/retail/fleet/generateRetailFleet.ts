import type {
  EdgeApplicationEntity,
  EdgeClusterEntity,
  EdgeGroupEntity,
  EdgeNamespaceEntity,
  EdgePolicyEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { geography } from './geography.ts';
import type { Site } from './geography.ts';
import { groupsOf } from './groups.ts';
import { policies } from './policies.ts';
import { Random } from './Random.ts';
import { DISTRICT_SIZE, store } from './stores.ts';
import { applications, namespaces } from './tenants.ts';

/** All entities of a fleet. */
export interface RetailFleet {
  clusters: EdgeClusterEntity[];
  groups: EdgeGroupEntity[];
  namespaces: EdgeNamespaceEntity[];
  applications: EdgeApplicationEntity[];
  policies: EdgePolicyEntity[];
}

/** How many of `total` stores each site has: by weight, and just `total` in all. */
function storesBySite(
  sites: readonly Site[],
  total: number,
): Map<Site, number> {
  const weights = sites.reduce((sum, { weight }) => sum + weight, 0);
  const counts = new Map<Site, number>();
  let passed = 0;
  let placed = 0;
  for (const site of sites) {
    passed += site.weight;
    const until = Math.round((total * passed) / weights);
    counts.set(site, until - placed);
    placed = until;
  }
  return counts;
}

// Two mistakes as people make them, so that the portal has something to show.
function plantMistakes(clusters: EdgeClusterEntity[]): void {
  const [first, second] = [
    Math.floor(clusters.length / 3),
    Math.floor((clusters.length * 2) / 3),
  ];
  if (first === second) {
    return;
  }
  clusters[first].spec.groups!.push('geo.us.northeast.ny.atlantis');
  clusters[second].spec.capacity!.memory = '64 gigs';
}

/** A believable retail fleet: the same for the same options. Two clusters in it have a mistake. */
export function generateRetailFleet(options: {
  clusters: number;
  seed?: number;
}): RetailFleet {
  const random = new Random(options.seed ?? 1);
  const { groups, sites } = geography();
  const counts = storesBySite(sites, options.clusters);
  const districts = new Map(
    [...counts].map(([site, count]) => [
      site,
      Math.ceil(count / DISTRICT_SIZE),
    ]),
  );
  const clusters = [...counts].flatMap(([site, count]) =>
    Array.from({ length: count }, (_, index) =>
      store(random, site, index, districts.get(site)!),
    ),
  );
  plantMistakes(clusters);
  return {
    clusters,
    groups: groupsOf(groups, districts),
    namespaces: namespaces(),
    applications: applications(),
    policies: policies(),
  };
}
