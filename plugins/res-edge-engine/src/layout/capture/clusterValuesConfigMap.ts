import { Manifest, placeOf } from './substitute';

/**
 * The ConfigMap that `spec.clusterValues` asks for. It carries the application's name, so that two applications of one
 * namespace can both have theirs, each with its own keys.
 *
 * @internal
 */
export function clusterValuesName(application: string): string {
  return `${application}-cluster-values`;
}

/**
 * An application's objects with the ConfigMap of its cluster values, where it asks for any: placeholders of the
 * cluster, which are filled as those of its sources are.
 *
 * @internal
 */
export function withClusterValues(
  application: string,
  keys: readonly string[],
  objects: readonly Manifest[],
): readonly Manifest[] {
  if (keys.length === 0) return objects;
  const data = keys.map(key => [key, `\${{ cluster.${key} }}`]);
  return [
    ...objects,
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: clusterValuesName(application) },
      data: Object.fromEntries(data),
    },
  ];
}

/** Whether the sources bring the ConfigMap too, once their names are filled. @internal */
export function clusterValuesProblems(
  application: string,
  keys: readonly string[],
  objects: readonly Manifest[],
): string[] {
  const own = clusterValuesName(application);
  const alike = objects.filter(
    ({ kind, metadata }) =>
      kind === 'ConfigMap' && (metadata as Manifest | undefined)?.name === own,
  );
  if (keys.length === 0 || alike.length === 1) return [];
  const place = placeOf(alike[0], ['metadata', 'name']);
  return [
    `${place}: is what spec.clusterValues gives; the sources cannot bring it too`,
  ];
}
