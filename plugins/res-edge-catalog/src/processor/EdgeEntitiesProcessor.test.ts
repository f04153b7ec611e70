import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { JsonValue } from '@backstage/types';
import { EventParams, EventsService } from '@backstage/plugin-events-node';
import {
  CatalogProcessorCache,
  CatalogProcessorResult,
} from '@backstage/plugin-catalog-node';
import { EdgeEntitiesProcessor } from './EdgeEntitiesProcessor';

const location = { type: 'file', target: '/fleet.yaml' };

function edge(kind: string, name: string, spec: object): Entity {
  return {
    apiVersion: 'res-edge.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    spec: spec as Entity['spec'],
  };
}

function memoryCache(): CatalogProcessorCache {
  const values = new Map<string, JsonValue>();
  return {
    get: async <T extends JsonValue>(key: string) =>
      values.get(key) as T | undefined,
    set: async (key, value) => {
      values.set(key, value);
    },
  };
}

describe('EdgeEntitiesProcessor', () => {
  const published: EventParams[] = [];
  let failing = false;
  const events: EventsService = {
    publish: async event => {
      if (failing) {
        throw new Error('no bus');
      }
      published.push(event);
    },
    subscribe: async () => {},
  };
  const processor = EdgeEntitiesProcessor.create({
    events,
    logger: mockServices.logger.mock(),
  });

  beforeEach(() => {
    published.length = 0;
    failing = false;
  });

  async function relations(entity: Entity): Promise<string[]> {
    const results: CatalogProcessorResult[] = [];
    await processor.postProcessEntity(
      entity,
      location,
      result => results.push(result),
      memoryCache(),
    );
    return results.map(result => {
      if (result.type !== 'relation') {
        throw new Error(`unexpected ${result.type}`);
      }
      const { source, type, target } = result.relation;
      return `${source.kind}:${source.name} ${type} ${target.kind}:${target.name}`;
    });
  }

  it('leaves other kinds alone', async () => {
    const component = {
      ...edge('Component', 'a', {}),
      apiVersion: 'backstage.io/v1alpha1',
    };
    expect(await processor.validateEntityKind(component)).toBe(false);
    expect(await relations(component)).toEqual([]);
    expect(published).toEqual([]);
  });

  it('names the field that is wrong', async () => {
    await expect(
      processor.validateEntityKind(edge('EdgeCluster', 'a', { groups: [5] })),
    ).rejects.toThrow(/^spec\.groups\[0\]: must be a DNS-1123 subdomain/);
    await expect(
      processor.validateEntityKind({
        ...edge('EdgeCluster', 'a', {}),
        apiVersion: 'v1',
      }),
    ).rejects.toThrow(/^apiVersion: must be "res-edge.io\/v1alpha1"/);
  });

  it('points forward only from clusters', async () => {
    expect(
      await relations(
        edge('EdgeCluster', 'c1', {
          owner: 'store-operations',
          groups: ['stores.tx', 'beta'],
        }),
      ),
    ).toEqual([
      'EdgeCluster:c1 partOf EdgeGroup:stores.tx',
      'EdgeCluster:c1 partOf EdgeGroup:beta',
      'EdgeCluster:c1 ownedBy Group:store-operations',
    ]);
  });

  it('relates the other kinds both ways', async () => {
    expect(
      await relations(
        edge('EdgeGroup', 'geo.us', {
          owner: 'user:default/ann',
          parent: 'geo',
        }),
      ),
    ).toEqual([
      'EdgeGroup:geo.us ownedBy user:ann',
      'user:ann ownerOf EdgeGroup:geo.us',
      'EdgeGroup:geo.us childOf EdgeGroup:geo',
      'EdgeGroup:geo parentOf EdgeGroup:geo.us',
    ]);
    expect(
      await relations(
        edge('EdgeApplication', 'imdb', {
          owner: 'group:default/pos-team',
          namespace: 'imdb',
          component: 'component:default/imdb',
          dependsOn: ['redis'],
          source: { path: './apps/imdb' },
          version: '1.0.0',
        }),
      ),
    ).toEqual([
      'EdgeApplication:imdb ownedBy group:pos-team',
      'group:pos-team ownerOf EdgeApplication:imdb',
      'EdgeApplication:imdb partOf EdgeNamespace:imdb',
      'EdgeNamespace:imdb hasPart EdgeApplication:imdb',
      'EdgeApplication:imdb partOf component:imdb',
      'component:imdb hasPart EdgeApplication:imdb',
      'EdgeApplication:imdb dependsOn EdgeApplication:redis',
      'EdgeApplication:redis dependencyOf EdgeApplication:imdb',
    ]);
    expect(
      await relations(edge('EdgePolicy', 'law', { type: 'prohibition' })),
    ).toEqual([]);
  });

  it('tells of new and changed entities, once', async () => {
    const cache = memoryCache();
    const process = (entity: Entity) =>
      processor.postProcessEntity(entity, location, () => {}, cache);
    const before = edge('EdgeCluster', 'C1', { groups: ['a'] });

    await process(before);
    await process({ ...before, metadata: { ...before.metadata, etag: 'x' } });
    expect(published).toEqual([
      {
        topic: 'res-edge.catalog',
        eventPayload: { entityRef: 'edgecluster:default/c1' },
      },
    ]);

    await process(edge('EdgeCluster', 'C1', { groups: ['b'] }));
    expect(published).toHaveLength(2);
  });

  it('tells again where the bus failed', async () => {
    const cache = memoryCache();
    const entity = edge('EdgeCluster', 'c1', {});
    failing = true;
    await processor.postProcessEntity(entity, location, () => {}, cache);
    failing = false;
    await processor.postProcessEntity(entity, location, () => {}, cache);
    expect(published).toHaveLength(1);
  });
});
