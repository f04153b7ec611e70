import { ProvidedCluster } from '@res-edge/backstage-plugin-res-edge-node';
import { factsOf } from '../../imports';
import { ResourceRow } from './ResourceGraphClient';

/** Which tags mean more than a label; each names a tag, in any case. @internal */
export interface TagMapping {
  /** Groups, such as `{ tag: 'region', prefix: 'geo.us.' }`; several in one tag are separated by `;`. */
  readonly groups: readonly { readonly tag: string; readonly prefix: string }[];
  readonly environment?: string;
  readonly owner?: string;
  readonly timeZone?: string;
}

/** The annotation with the id that Azure gives the resource. @internal */
export const AZURE_RESOURCE_ANNOTATION = 'res-edge.io/azure-resource-id';

/**
 * A connected cluster of Azure Arc, or an AKS cluster, as a cluster of ours. Tags are labels, or attributes where they are
 * no labels; docs/imports.md has the whole mapping. What changes by itself, such as when it was last seen, is left out.
 *
 * @internal
 */
export function toCluster(
  row: ResourceRow,
  { groups, ...mapping }: TagMapping,
): ProvidedCluster {
  const tags = new Map<string, string>();
  for (const [key, value] of Object.entries(mappingOf(row.tags))) {
    if (typeof value === 'string') tags.set(key, value);
  }
  const take = (name: string | undefined): string | undefined => {
    const key = [...tags.keys()].find(
      tag => tag.toLowerCase() === name?.toLowerCase(),
    );
    const value = key === undefined ? undefined : tags.get(key)?.trim();
    if (key !== undefined) tags.delete(key);
    return value === '' ? undefined : value;
  };
  const memberOf = groups.flatMap(({ tag, prefix }) =>
    (take(tag) ?? '')
      .split(';')
      .map(name => name.trim().toLowerCase())
      .filter(name => name !== '')
      .map(name => prefix + name),
  );
  const environment = take(mapping.environment);
  const owner = take(mapping.owner);
  const timeZone = take(mapping.timeZone);
  const { labels, attributes } = factsOf([...tags, ...ownFacts(row)]);
  const name = textOf(row.name) ?? '';
  const cores = mappingOf(row.properties).totalCoreCount;
  return {
    metadata: {
      name: name.toLowerCase(),
      ...(name !== name.toLowerCase() && { title: name }),
      annotations: { [AZURE_RESOURCE_ANNOTATION]: textOf(row.id) ?? '' },
      ...(labels && { labels }),
    },
    spec: {
      ...(owner && { owner }),
      ...(environment && { environment }),
      ...(memberOf.length > 0 && { groups: [...new Set(memberOf)] }),
      ...(attributes && { attributes }),
      ...(typeof cores === 'number' &&
        cores > 0 && { capacity: { cpu: String(cores) } }),
      ...(timeZone && { timeZone }),
      state: stateOf(mappingOf(row.properties).provisioningState),
    },
  };
}

function ownFacts(row: ResourceRow): [string, string][] {
  const { distribution, infrastructure, kubernetesVersion } = mappingOf(
    row.properties,
  );
  const facts: [string, unknown][] = [
    ['azure-location', row.location],
    ['azure-resource-group', row.resourceGroup],
    ['azure-subscription', row.subscriptionId],
    ['distribution', distribution],
    ['infrastructure', infrastructure],
    ['kubernetes-version', kubernetesVersion],
  ];
  return facts.filter(
    (fact): fact is [string, string] => textOf(fact[1]) !== undefined,
  );
}

function stateOf(provisioningState: unknown): ProvidedCluster['spec']['state'] {
  switch (String(provisioningState).toLowerCase()) {
    case 'accepted':
    case 'creating':
    case 'provisioning':
      return 'provisioning';
    case 'deleting':
      return 'draining';
    default:
      return 'active';
  }
}

function mappingOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
