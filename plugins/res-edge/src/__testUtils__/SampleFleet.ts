import {
  EntityRow,
  GroupCount,
  GroupRow,
} from '@res-edge/backstage-plugin-res-edge-common';

const REGIONS = [
  ['central', 'la', 'nola'],
  ['central', 'tx', 'atx'],
  ['east', 'ga', 'atl'],
  ['east', 'nc', 'clt'],
  ['west', 'ca', 'sd'],
  ['west', 'wa', 'sea'],
];

/** A believable fleet of any size, to look at and to test with: the same each time. */
export class SampleFleet {
  readonly clusters: EntityRow[];

  private constructor(size: number) {
    this.clusters = Array.from({ length: size }, (_, index) => row(index));
  }

  static create(size: number): SampleFleet {
    return new SampleFleet(size);
  }

  members(group: string): EntityRow[] {
    return this.clusters.filter(cluster =>
      cluster.groups?.some(
        each => each === group || each.startsWith(`${group}.`),
      ),
    );
  }

  children(parent: string | undefined): GroupRow[] {
    const prefix = parent === undefined ? '' : `${parent}.`;
    const names = new Set<string>();
    for (const group of this.clusters.flatMap(each => each.groups ?? [])) {
      if (group.startsWith(prefix)) {
        names.add(prefix + group.slice(prefix.length).split('.')[0]);
      }
    }
    return [...names].sort().map(name => this.group(name));
  }

  group(name: string): GroupRow {
    const depth = `${name}.`;
    const below = new Set(
      this.clusters
        .flatMap(each => each.groups ?? [])
        .filter(group => group.startsWith(depth))
        .map(group => group.slice(depth.length).split('.')[0]),
    );
    return {
      name,
      title: name === 'stores' ? 'All stores' : undefined,
      type: name.includes('.') ? undefined : name,
      clusters: this.members(name).length,
      children: below.size,
    };
  }

  /** Counts of some of the clusters by the roots' children. */
  byGroup(clusters: readonly EntityRow[]): GroupCount[] {
    const names = new Set(clusters.map(each => each.name));
    return this.children('stores')
      .map(({ name, clusters: total }) => ({
        group: name,
        count: this.members(name).filter(each => names.has(each.name)).length,
        total,
      }))
      .filter(each => each.count > 0);
  }
}

function row(index: number): EntityRow {
  const [region, state, city] = REGIONS[index % REGIONS.length];
  const number = 2301 + Math.floor(index / REGIONS.length);
  const groups = [`stores.${region}.${state}.${city}`];
  if (number === 2301) {
    groups.push(index % 2 === 0 ? 'beta' : 'pilot');
  }
  return {
    kind: 'EdgeCluster',
    name: `${region}-${state}-${city}-${number}`,
    state: index === 4 ? 'draining' : 'active',
    environment: 'prod',
    groups,
    labels: { region, state, size: index % 3 === 0 ? 'large' : 'small' },
    problems: index === 7 ? 1 : 0,
    applications: 3 + (index % 4),
  };
}
