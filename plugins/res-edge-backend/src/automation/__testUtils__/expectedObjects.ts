import { resolveClusterValues } from '@res-edge/backstage-plugin-res-edge-engine';
import { BuiltObject } from '@res-edge/backstage-plugin-res-edge-node';
import { FleetView } from '../../service/FleetView';

type Lookup = (key: string) => string | undefined;

/**
 * What an application's objects must be on a cluster, the plain way: the source as built, each placeholder replaced
 * in the text of its scalar, and the namespace set. Overrides give values only.
 */
export function expectedObjects(
  view: Pick<FleetView, 'decisions' | 'snapshot'>,
  application: string,
  cluster: string,
  source: readonly BuiltObject[],
  overrideHolds: (name: string) => boolean,
): BuiltObject[] {
  const { entity, releases } = view.decisions.applications.get(application)!;
  const [release] = releases;
  const namespace = view.decisions.namespaces.get(
    entity.spec.namespace!,
  )!.entity;
  const number = view.snapshot.numberOf(cluster)!;
  const { spec, metadata } = view.snapshot.clusters[number];
  const resolved = new Map(
    resolveClusterValues(view.snapshot, view.decisions, number).values.map(
      ({ key, value }) => [key, value],
    ),
  );
  const overridden = release.overrides
    .filter(({ name }) => overrideHolds(name))
    .at(-1)?.values;
  const values: Record<string, Lookup> = {
    application: key =>
      ({
        ...release.values,
        ...overridden,
        name: application,
        version: release.version,
        owner: entity.spec.owner,
      }[key]),
    namespace: key =>
      ({
        ...namespace.spec.values,
        name: namespace.metadata.name,
        businessUnit: namespace.spec.businessUnit,
        environment: namespace.spec.environment,
      }[key]),
    cluster: key => {
      if (key.startsWith('labels.'))
        return metadata.labels?.[key.slice('labels.'.length)];
      if (key.startsWith('attributes.')) {
        const attribute = spec.attributes?.[key.slice('attributes.'.length)];
        return attribute === undefined ? undefined : String(attribute);
      }
      const own: Record<string, string | undefined> = {
        name: cluster,
        environment: spec.environment,
        timeZone: spec.timeZone,
      };
      return own[key] ?? resolved.get(key);
    },
  };
  const given = release.clusterValues ?? [];
  const own: BuiltObject = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `${application}-cluster-values` },
    data: Object.fromEntries(given.map(key => [key, values.cluster(key)])),
  };
  const objects = given.length > 0 ? [...source, own] : source;
  return objects.map(object => {
    const filled = fill(object, values) as BuiltObject;
    return {
      ...filled,
      metadata: { ...filled.metadata, namespace: namespace.metadata.name },
    };
  });
}

function fill(value: unknown, values: Record<string, Lookup>): unknown {
  if (Array.isArray(value)) return value.map(item => fill(item, values));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, fill(item, values)]),
    );
  }
  if (typeof value !== 'string') return value;
  const typed =
    /^\$\{\{\s*(\w+)\.([\w.-]+)\s*\|\s*(number|boolean)\s*\}\}$/.exec(value);
  if (typed) {
    const text = values[typed[1]](typed[2])!;
    return typed[3] === 'number' ? Number(text) : text === 'true';
  }
  return value.replace(
    /\$\{\{\s*(\w+)\.([\w.-]+)\s*\}\}/g,
    (_, scope, key) => values[scope](key)!,
  );
}
