import {
  EdgeClusterEntity,
  EdgeGroupEntity,
  ResourceQuantities,
  RolloutRing,
  Selector,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ApplicationRelease, Decisions } from '../model';
import { pinHere } from './pinHere';

/*
 * The semantics of docs/engine.md once more, as slowly and plainly as they can be written: one cluster, one application, one
 * condition at a time, over fleets in which nothing is wrong except circles of dependencies. The engine must agree.
 */

export interface Fleet {
  clusters: EdgeClusterEntity[];
  groups: EdgeGroupEntity[];
  decisions: Decisions;
  /** What expressions mean that are not of the one form that `matches` reads. */
  predicates?: ReadonlyMap<string, (cluster: EdgeClusterEntity) => boolean>;
  /** Names of clusters by application. */
  baseline: Record<string, string[]>;
  /** 1970 where left out. */
  now?: Date;
}

export function inGroup(
  fleet: Fleet,
  cluster: EdgeClusterEntity,
  name: string,
): boolean {
  if (cluster.spec.groups?.includes(name)) return true;
  const { selector } = fleet.groups.find(
    group => group.metadata.name === name,
  )!.spec;
  if (selector && matches(fleet, cluster, selector)) return true;
  return fleet.groups.some(
    child =>
      child.spec.parent === name &&
      inGroup(fleet, cluster, child.metadata.name),
  );
}

export function matches(
  fleet: Fleet,
  cluster: EdgeClusterEntity,
  selector: Selector,
): boolean {
  if (typeof selector === 'string')
    return matches(fleet, cluster, { expression: selector });
  const { name } = cluster.metadata;
  if (selector.exclude?.includes(name)) return false;
  if (selector.include?.includes(name)) return true;
  const fact = (key: string) =>
    cluster.metadata.labels?.[key] ?? cluster.spec.attributes?.[key];
  const texts = (key: string): string[] => {
    const value = fact(key);
    if (value === undefined) return [];
    return Array.isArray(value) ? value : [String(value)];
  };
  const parts: boolean[] = [];
  if (selector.all) parts.push(true);
  if (selector.groups)
    parts.push(selector.groups.some(group => inGroup(fleet, cluster, group)));
  for (const [key, value] of Object.entries(selector.matchLabels ?? {}))
    parts.push(texts(key).includes(value));
  for (const { key, operator, values = [] } of selector.matchExpressions ??
    []) {
    const found = texts(key).some(text => values.map(String).includes(text));
    const value = fact(key);
    const number = typeof value === 'number' ? value : NaN;
    if (operator === 'In') parts.push(found);
    if (operator === 'NotIn') parts.push(!found);
    if (operator === 'Exists') parts.push(value !== undefined);
    if (operator === 'DoesNotExist') parts.push(value === undefined);
    if (operator === 'Gt') parts.push(number > Number(values[0]));
    if (operator === 'Ge') parts.push(number >= Number(values[0]));
    if (operator === 'Lt') parts.push(number < Number(values[0]));
    if (operator === 'Le') parts.push(number <= Number(values[0]));
  }
  if (selector.expression !== undefined) {
    // The generator writes expressions of one form; the language as a whole has a truth table.
    const predicate = fleet.predicates?.get(selector.expression);
    const [, key, least] =
      /^cluster\.attributes\.(\w+) >= (\d+)$/.exec(selector.expression) ?? [];
    const value = cluster.spec.attributes?.[key];
    parts.push(
      predicate
        ? predicate(cluster)
        : typeof value === 'number' && value >= Number(least),
    );
  }
  return parts.length > 0 && parts.every(Boolean);
}

/** The generators write one unit for each resource, so that the numbers alone compare. */
const units = (
  quantities: ResourceQuantities | undefined,
  resource: 'cpu' | 'memory',
  otherwise: number,
) =>
  quantities?.[resource] === undefined
    ? otherwise
    : Number.parseInt(String(quantities[resource]), 10);

/** Rings have reached nothing here: what runs asks for nothing that is known. */
const NOTHING = {
  digest: '',
  requests: {},
  requires: [],
  dependsOn: [],
} as unknown as ApplicationRelease;

function ringsOf({ decisions }: Fleet, app: string): RolloutRing[] {
  const { rollout = '' } = decisions.applications.get(app)!.entity.spec;
  const policy = decisions.policies.get(rollout);
  return policy?.spec.type === 'rollout' ? policy.spec.rings : [];
}

/** What the ring of a cluster has reached of an application. */
function releaseHere(
  fleet: Fleet,
  cluster: EdgeClusterEntity,
  app: string,
): ApplicationRelease | undefined {
  const pinned = pinHere(fleet, cluster, app, matches);
  if (pinned) return pinned;
  const rings = ringsOf(fleet, app);
  const own = rings.findIndex(ring => matches(fleet, cluster, ring.clusters));
  return reached(fleet, app, own < 0 ? rings.length - 1 : own);
}

function reached(
  fleet: Fleet,
  app: string,
  position: number,
): ApplicationRelease | undefined {
  const { releases, emptyRings = [] } = fleet.decisions.applications.get(app)!;
  const rings = ringsOf(fleet, app);
  const isNamed = (ring: string) =>
    emptyRings.includes(ring) || releases.some(each => each.ring === ring);
  const order = [
    ...rings.slice(Math.max(position, 0)),
    ...rings.slice(0, Math.max(position, 0)).reverse(),
  ].map(({ name }) => name);
  const named = order.find(isNamed);
  return named === undefined
    ? releases[releases.length - 1]
    : releases.find(each => each.ring === named);
}

/** What the rings of an application have reached, each once; empty for nothing. */
function wantedDigests(fleet: Fleet, app: string): string[] {
  const rings = ringsOf(fleet, app);
  const all = (rings.length > 0 ? rings : [undefined]).map(
    (_, position) => reached(fleet, app, position)?.digest ?? '',
  );
  const pinned = fleet.clusters.flatMap(
    cluster => pinHere(fleet, cluster, app, matches)?.digest ?? [],
  );
  return [...new Set([...all, ...pinned])];
}

/** Whether a release needs itself, through others that meet the one before on some cluster. */
function isCircular(
  fleet: Fleet,
  app: string,
  { digest }: ApplicationRelease,
): boolean {
  const { applications } = fleet.decisions;
  const places = (name: string, wanted: string) => {
    const here = fleet.clusters.filter(
      cluster => (releaseHere(fleet, cluster, name)?.digest ?? '') === wanted,
    );
    return here.map(({ metadata }) => metadata.name);
  };
  const meet = (one: string[], other: string[]) =>
    wantedDigests(fleet, one[0]).length === 1 ||
    wantedDigests(fleet, other[0]).length === 1 ||
    places(one[0], one[1]).some(place =>
      places(other[0], other[1]).includes(place),
    );
  const next = ([name, wanted]: string[]) =>
    (
      [
        ...applications.get(name)!.releases,
        ...(applications.get(name)!.versions ?? []),
      ].find(each => each.digest === wanted)?.dependsOn ?? []
    ).flatMap(needed =>
      wantedDigests(fleet, needed)
        .map(each => [needed, each])
        .filter(other => meet([name, wanted], other)),
    );
  const seen = new Set<string>();
  const open = next([app, digest]);
  for (let node = open.pop(); node; node = open.pop()) {
    if (node[0] === app && node[1] === digest) return true;
    if (seen.has(node.join())) continue;
    seen.add(node.join());
    open.push(...next(node));
  }
  return false;
}

export interface ReferenceAnswer {
  targets: string[];
  placed: string[];
  refused: Record<string, 'prohibit' | 'fit' | 'depend'>;
}

export function decideOne(
  fleet: Fleet,
  cluster: EdgeClusterEntity,
): ReferenceAnswer {
  const { applications, namespaces, policies } = fleet.decisions;
  const { name } = cluster.metadata;
  const { state = 'active', capacity } = cluster.spec;
  const names = [...applications.keys()].sort();
  const release = (app: string): ApplicationRelease =>
    releaseHere(fleet, cluster, app) ?? NOTHING;
  const spaceOf = (app: string) =>
    namespaces.get(applications.get(app)!.entity.spec.namespace!)!.entity;
  const had = (app: string) => fleet.baseline[app]?.includes(name) ?? false;
  const circular = (app: string) => isCircular(fleet, app, release(app));

  const isTarget = (app: string) => {
    if (state === 'retired') return false;
    if (state === 'draining' || circular(app)) return had(app);
    const { selector } = spaceOf(app).spec;
    return (
      selector !== undefined &&
      releaseHere(fleet, cluster, app) !== undefined &&
      matches(fleet, cluster, selector) &&
      release(app).requires.every(requirement =>
        matches(fleet, cluster, requirement),
      )
    );
  };
  const isProhibited = (app: string) =>
    [...policies.values()].some(({ spec }) => {
      if (spec.type !== 'prohibition') return false;
      const { names: apps, namespaces: spaces } = spec.applications;
      return (
        (!apps || apps.includes(app)) &&
        (!spaces ||
          spaces.includes(applications.get(app)!.entity.spec.namespace!)) &&
        matches(fleet, cluster, spec.clusters)
      );
    });

  const targets = names.filter(isTarget);
  const refused: ReferenceAnswer['refused'] = {};
  for (const app of targets) if (isProhibited(app)) refused[app] = 'prohibit';
  const allowed = targets.filter(app => !refused[app]);
  const takenAway = targets.filter(app => refused[app] && had(app));
  const pinned: string[] = [];
  for (const app of allowed.filter(
    candidate => state === 'draining' || circular(candidate),
  )) {
    if (isTaken(app)) refused[app] = 'depend';
    else pinned.push(app);
  }
  /** Something that it needs is taken away, through things that stay without being asked. */
  function isTaken(app: string, seen: string[] = []): boolean {
    return release(app).dependsOn.some(
      needed =>
        takenAway.includes(needed) ||
        (!seen.includes(needed) &&
          allowed.includes(needed) &&
          (state === 'draining' || circular(needed)) &&
          isTaken(needed, [...seen, needed])),
    );
  }
  const candidates = allowed.filter(
    app => !(state === 'draining' || circular(app)),
  );

  const present = [...candidates, ...pinned];
  /** Through others that are here. */
  const reaches = (
    from: string,
    to: string,
    seen = new Set<string>(),
  ): boolean =>
    release(from).dependsOn.some(needed => {
      if (needed === to) return true;
      if (seen.has(needed) || !present.includes(needed)) return false;
      seen.add(needed);
      return reaches(needed, to, seen);
    });
  const priority = (app: string) =>
    Math.max(
      ...present
        .filter(other => other === app || reaches(other, app))
        .map(other => applications.get(other)!.entity.spec.priority ?? 0),
    );
  const inOrder = (apps: string[]) =>
    [...apps].sort(
      (a, b) =>
        priority(b) - priority(a) ||
        Number(had(b)) - Number(had(a)) ||
        (a < b ? -1 : 1),
    );

  const placed = [...pinned];
  const fits = (app: string) =>
    (['cpu', 'memory'] as const).every(resource => {
      const asked = units(release(app).requests, resource, 0);
      if (asked === 0) return true;
      const sum = (apps: string[]) =>
        apps.reduce(
          (total, other) => total + units(release(other).requests, resource, 0),
          0,
        );
      const mates = placed.filter(other => spaceOf(other) === spaceOf(app));
      const quota = units(
        spaceOf(app).spec.resources?.quota,
        resource,
        Infinity,
      );
      return (
        asked + sum(mates) <= quota &&
        asked + sum(placed) <= units(capacity, resource, Infinity)
      );
    });
  const take = (app: string) => {
    if (placed.includes(app) || refused[app]) return;
    for (const needed of inOrder(
      release(app).dependsOn.filter(other => candidates.includes(other)),
    ))
      take(needed);
    if (!release(app).dependsOn.every(needed => placed.includes(needed)))
      refused[app] = 'depend';
    else if (!fits(app)) refused[app] = 'fit';
    else placed.push(app);
  };
  for (const app of inOrder(candidates)) take(app);
  return { targets, placed: placed.sort(), refused };
}
