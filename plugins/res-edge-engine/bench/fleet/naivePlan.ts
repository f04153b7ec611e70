import {
  ClusterSelector,
  EdgeClusterEntity,
  Selector,
} from '@res-edge/backstage-plugin-res-edge-common';
import { parseQuantity } from '../../src/quantity';
import { Fleet } from '../../src/__testUtils__/reference';

type Predicate = (
  cluster: EdgeClusterEntity,
  groups: ReadonlySet<string>,
) => boolean;
type Amounts = Record<string, number>;

/**
 * The sensible way without an index: selectors are turned into functions once, and each application is asked about each
 * cluster; then what fits is taken in order. It knows as much of the language as the fleets of the benchmark use.
 *
 * @returns for each cluster the names of the applications placed there, sorted
 */
export function naivePlan(
  { clusters, groups, decisions, predicates }: Fleet,
  baseline: (application: string, cluster: string) => boolean,
): string[][] {
  const parents = new Map(
    groups.map(({ metadata, spec }) => [metadata.name, spec.parent]),
  );
  const byRule = groups
    .filter(({ spec }) => spec.selector !== undefined)
    .map(({ metadata, spec }) => ({
      name: metadata.name,
      holds: predicate(spec.selector!, predicates!),
    }));
  const spaces = new Map(
    Array.from(decisions.namespaces, ([name, { entity }]) => [
      name,
      {
        holds: predicate(entity.spec.selector!, predicates!),
        quota: amounts(entity.spec.resources?.quota),
      },
    ]),
  );
  const policies = Array.from(decisions.policies.values(), ({ spec }) => {
    if (spec.type !== 'prohibition') throw new Error('Only prohibitions');
    return { ...spec, holds: predicate(spec.clusters, predicates!) };
  });
  const applications = [...decisions.applications.values()]
    .map(({ entity: { metadata, spec }, releases: [release] }) => ({
      name: metadata.name,
      namespace: spec.namespace!,
      priority: spec.priority ?? 0,
      requests: amounts(release.requests),
      needs: release.dependsOn,
      requires: release.requires.map(text => predicate(text, predicates!)),
      prohibitions: policies.filter(
        ({ applications: { names, namespaces } }) =>
          (names?.includes(metadata.name) ?? true) &&
          (namespaces?.includes(spec.namespace!) ?? true),
      ),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  type Application = (typeof applications)[number];

  const within = (cluster: EdgeClusterEntity): Set<string> => {
    const found = new Set<string>();
    for (const name of cluster.spec.groups ?? [])
      for (let at: string | undefined = name; at; at = parents.get(at))
        found.add(at);
    for (const { name, holds } of byRule)
      if (holds(cluster, found)) found.add(name);
    return found;
  };
  return clusters.map(cluster => {
    const { name, spec } = { ...cluster.metadata, spec: cluster.spec };
    if (spec.state === 'retired') return [];
    const mine = within(cluster);
    const wanted = new Map<string, Application>();
    const placed = new Set<string>();
    const room = amounts(spec.capacity);
    const quotas = new Map<string, Amounts>();
    const quotaOf = ({ namespace }: Application) => {
      if (!quotas.has(namespace))
        quotas.set(namespace, { ...spaces.get(namespace)!.quota });
      return quotas.get(namespace)!;
    };
    const take = (application: Application) => {
      placed.add(application.name);
      subtract(room, application.requests);
      subtract(quotaOf(application), application.requests);
    };
    for (const application of applications) {
      if (
        spec.state === 'draining'
          ? !baseline(application.name, name)
          : !spaces.get(application.namespace)!.holds(cluster, mine) ||
            !application.requires.every(holds => holds(cluster, mine))
      )
        continue;
      if (application.prohibitions.some(({ holds }) => holds(cluster, mine)))
        continue;
      if (spec.state === 'draining') take(application);
      else wanted.set(application.name, application);
    }
    const priority = new Map(
      Array.from(wanted.values(), item => [item.name, item.priority]),
    );
    const raise = ({ needs, name: needing }: Application) => {
      for (const needed of needs) {
        const item = wanted.get(needed);
        if (!item || priority.get(needed)! >= priority.get(needing)!) continue;
        priority.set(needed, priority.get(needing)!);
        raise(item);
      }
    };
    for (const item of wanted.values()) raise(item);
    const had = (item: Application) => Number(baseline(item.name, name));
    const tried = new Set<string>();
    const place = (application: Application) => {
      if (tried.has(application.name)) return;
      tried.add(application.name);
      for (const needed of application.needs) {
        const item = wanted.get(needed);
        if (item) place(item);
      }
      if (
        application.needs.every(needed => placed.has(needed)) &&
        fits(room, application.requests) &&
        fits(quotaOf(application), application.requests)
      )
        take(application);
    };
    [...wanted.values()]
      .sort(
        (a, b) =>
          priority.get(b.name)! - priority.get(a.name)! ||
          had(b) - had(a) ||
          (a.name < b.name ? -1 : 1),
      )
      .forEach(place);
    return [...placed].sort();
  });
}

function predicate(
  selector: Selector,
  predicates: NonNullable<Fleet['predicates']>,
): Predicate {
  if (typeof selector === 'string') {
    const holds = predicates.get(selector);
    if (!holds) throw new Error(`No function for ${selector}`);
    return holds;
  }
  const { groups, matchLabels, matchExpressions, expression } =
    selector as ClusterSelector;
  const parts: Predicate[] = [];
  if (groups) parts.push((_, mine) => groups.some(name => mine.has(name)));
  for (const [key, value] of Object.entries(matchLabels ?? {}))
    parts.push(({ metadata }) => metadata.labels?.[key] === value);
  for (const { key, operator, values = [] } of matchExpressions ?? []) {
    parts.push(({ metadata, spec }) => {
      const fact = metadata.labels?.[key] ?? spec.attributes?.[key];
      if (operator === 'Ge') return Number(fact) >= Number(values[0]);
      if (operator !== 'In') throw new Error(`No function for ${operator}`);
      return Array.isArray(fact)
        ? fact.some(item => values.includes(item))
        : values.includes(fact as string);
    });
  }
  if (expression) parts.push(predicate(expression, predicates));
  const include = new Set(selector.include);
  const exclude = new Set(selector.exclude);
  const isAny = parts.length > 0 || selector.all === true;
  return (cluster, mine) =>
    !exclude.has(cluster.metadata.name) &&
    ((isAny && parts.every(holds => holds(cluster, mine))) ||
      include.has(cluster.metadata.name));
}

function amounts(quantities: object = {}): Amounts {
  return Object.fromEntries(
    Object.entries(quantities).map(([resource, quantity]) => [
      resource,
      Number(parseQuantity(quantity)),
    ]),
  );
}

function fits(room: Amounts, requests: Amounts): boolean {
  for (const resource of Object.keys(requests))
    if (requests[resource] > (room[resource] ?? Infinity)) return false;
  return true;
}

function subtract(room: Amounts, requests: Amounts): void {
  for (const resource of Object.keys(requests))
    if (resource in room) room[resource] -= requests[resource];
}
