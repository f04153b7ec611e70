import { Entity } from '@backstage/catalog-model';
import { RES_EDGE_API_VERSION } from '@res-edge/backstage-plugin-res-edge-common';
import { factsOf } from './facts';
import { RawRecord } from './ImportRecord';
import { readYaml } from './readYaml';

const TYPE = 'kubernetes-cluster';

/**
 * Makes clusters of a catalog's `Resource` entities of type `kubernetes-cluster`; others are passed over. Annotations are
 * left out: they hold addresses and ways to sign in, which Res-Edge does not use.
 *
 * @internal
 */
export async function* readResources(
  entities: AsyncIterable<Entity> | Iterable<Entity>,
): AsyncGenerator<RawRecord> {
  for await (const entity of entities) {
    if (isClusterResource(entity)) yield toCluster(entity);
  }
}

/** {@link readResources} from YAML. @internal */
export function* readResourcesYaml(content: string): Generator<RawRecord> {
  for (const record of readYaml(content)) {
    if (record.problem) yield record;
    else if (isClusterResource(record.value)) {
      yield { ...toCluster(record.value), line: record.line };
    }
  }
}

function isClusterResource(value: unknown): value is Entity {
  const { kind, metadata, spec } = (value ?? {}) as Partial<Entity>;
  return (
    typeof kind === 'string' &&
    kind.toLowerCase() === 'resource' &&
    typeof metadata?.name === 'string' &&
    spec?.type === TYPE
  );
}

function toCluster({ metadata, spec }: Entity): RawRecord {
  const { labels, attributes, leftOut } = factsOf(
    Object.entries(metadata.labels ?? {}),
  );
  const { title, description, tags } = metadata;
  const name = metadata.name.toLowerCase();
  const owner = typeof spec?.owner === 'string' ? spec.owner : undefined;
  return {
    value: {
      apiVersion: RES_EDGE_API_VERSION,
      kind: 'EdgeCluster',
      metadata: {
        name,
        ...(title && { title }),
        ...(description && { description }),
        ...(labels && { labels }),
        ...(tags && tags.length > 0 && { tags }),
      },
      spec: {
        ...(owner && { owner }),
        ...(attributes && { attributes }),
      },
    },
    notes: leftOut.map(
      key => `label '${key}': no key or value that is taken here`,
    ),
  };
}
