import { stringify } from 'yaml';

const owner = 'group:default/team';

/**
 * The YAML of a namespace `shop`, its applications, and what else there is.
 *
 * @param applications - their specs, by name
 */
export function shopYaml(
  applications: Record<string, object>,
  others: readonly { kind: string; name: string; spec: object }[],
): string {
  const entities = [
    ...others,
    {
      kind: 'EdgeNamespace',
      name: 'shop',
      spec: { owner, selector: { all: true } },
    },
    ...Object.entries(applications).map(([name, spec]) => ({
      kind: 'EdgeApplication',
      name,
      spec: { owner, namespace: 'shop', ...spec },
    })),
  ];
  return entities
    .map(({ kind, name, spec }) =>
      stringify({
        apiVersion: 'res-edge.io/v1alpha1',
        ...{ kind, metadata: { name }, spec },
      }),
    )
    .join('---\n');
}
