import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogServiceRef,
  CatalogService,
} from '@backstage/plugin-catalog-node';
import {
  eventsServiceFactory,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import catalogModuleResEdge from '.';

const FLEET = `
apiVersion: res-edge.io/v1alpha1
kind: EdgeCluster
metadata: { name: central-tx-atx-2301, labels: { ring: beta } }
spec: { owner: group:default/store-operations, groups: [stores.tx] }
---
apiVersion: res-edge.io/v1alpha1
kind: EdgeCluster
metadata: { name: central-tx-atx-2302 }
spec: { groups: [stores.tx, { a: b }] }
---
apiVersion: res-edge.io/v1alpha1
kind: EdgeCluster
metadata: { name: central-tx-atx-2303 }
spec: { colour: red }
---
apiVersion: res-edge.io/v1alpha1
kind: EdgeGroup
metadata: { name: stores }
spec: { type: stores }
---
apiVersion: res-edge.io/v1alpha1
kind: EdgeGroup
metadata: { name: stores.tx }
spec: { parent: stores }
---
apiVersion: res-edge.io/v1alpha1
kind: EdgeNamespace
metadata: { name: imdb }
spec: { owner: pos-team, selector: { groups: [stores] } }
---
apiVersion: res-edge.io/v1alpha1
kind: EdgeApplication
metadata: { name: imdb }
spec: { owner: pos-team, namespace: imdb, source: { path: ./apps/imdb }, version: 1.0.0 }
---
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: law }
spec:
  type: prohibition
  owner: legal
  applications: { names: [imdb] }
  clusters: { matchLabels: { state: ut } }
  reason: Not there
`;

function relationsOf(entity: Entity | undefined): string[] {
  return (entity?.relations ?? [])
    .map(relation => `${relation.type} ${relation.targetRef}`)
    .sort();
}

async function eventually<T>(read: () => Promise<T | undefined>): Promise<T> {
  for (let attempt = 0; attempt < 400; attempt++) {
    const value = await read();
    if (value !== undefined) {
      return value;
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error('It did not happen');
}

describe('catalogModuleResEdge', () => {
  const directory = createMockDirectory({ content: { 'fleet.yaml': FLEET } });

  it('brings YAML into the catalog, and tells of errors and changes', async () => {
    const errors: string[] = [];
    const changes: string[] = [];
    let catalog: CatalogService;
    const reader = createBackendPlugin({
      pluginId: 'reader',
      register(env) {
        env.registerInit({
          deps: { service: catalogServiceRef, events: eventsServiceRef },
          async init({ service, events }) {
            catalog = service;
            await events.subscribe({
              id: 'changes',
              topics: ['res-edge.catalog'],
              onEvent: async ({ eventPayload }) => {
                changes.push((eventPayload as { entityRef: string }).entityRef);
              },
            });
            await events.subscribe({
              id: 'errors',
              topics: ['experimental.catalog.errors'],
              onEvent: async ({ eventPayload }) => {
                errors.push(
                  ...(eventPayload as { errors: Error[] }).errors.map(String),
                );
              },
            });
          },
        });
      },
    });
    const backend = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModuleResEdge,
        reader,
        // The test backend's own keeps plugins apart.
        eventsServiceFactory,
        mockServices.rootConfig.factory({
          data: {
            catalog: {
              processingInterval: { seconds: 1 },
              rules: [
                {
                  allow: [
                    'EdgeCluster',
                    'EdgeGroup',
                    'EdgeNamespace',
                    'EdgeApplication',
                    'EdgePolicy',
                    'Location',
                  ],
                },
              ],
              locations: [
                { type: 'file', target: directory.resolve('fleet.yaml') },
              ],
            },
          },
        }),
      ],
    });
    const credentials = await mockServices.auth().getOwnServiceCredentials();
    const read = (ref: string) => catalog.getEntityByRef(ref, { credentials });

    const expected: Record<string, string[]> = {
      'edgecluster:default/central-tx-atx-2301': [
        'ownedBy group:default/store-operations',
        'partOf edgegroup:default/stores.tx',
      ],
      'edgegroup:default/stores.tx': ['childOf edgegroup:default/stores'],
      'edgegroup:default/stores': ['parentOf edgegroup:default/stores.tx'],
      'edgenamespace:default/imdb': [
        'hasPart edgeapplication:default/imdb',
        'ownedBy group:default/pos-team',
      ],
      'edgeapplication:default/imdb': [
        'ownedBy group:default/pos-team',
        'partOf edgenamespace:default/imdb',
      ],
      'edgepolicy:default/law': ['ownedBy group:default/legal'],
    };
    const api = await eventually(() => read('api:default/res-edge'));
    expect(JSON.parse(String(api.spec?.definition)).info.title).toBe(
      'Res-Edge',
    );
    for (const [ref, relations] of Object.entries(expected)) {
      await eventually(async () => {
        const found = relationsOf(await read(ref));
        return found.join() === relations.join() ? found : undefined;
      });
    }

    await eventually(async () =>
      errors.some(text => text.includes('spec.groups[1]: must be')) &&
      errors.some(text => text.includes('spec.colour: unknown field'))
        ? true
        : undefined,
    );
    expect(
      await read('edgecluster:default/central-tx-atx-2302'),
    ).toBeUndefined();
    expect([...changes].sort()).toEqual(Object.keys(expected).sort());

    changes.length = 0;
    directory.addContent({ 'fleet.yaml': FLEET.replace('beta', 'pilot') });
    await eventually(async () => (changes.length > 0 ? true : undefined));
    expect(changes).toEqual(['edgecluster:default/central-tx-atx-2301']);
    await eventually(async () => {
      const entity = await read('edgecluster:default/central-tx-atx-2301');
      return entity?.metadata.labels?.ring === 'pilot' ? entity : undefined;
    });

    await backend.stop();
  }, 60_000);
});
