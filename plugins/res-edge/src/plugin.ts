import { Entity } from '@backstage/catalog-model';
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import {
  EdgeKind,
  ResEdgeClient,
} from '@res-edge/backstage-plugin-res-edge-common';
import { resEdgeApiRef } from './api';
import { rootRouteRef } from './routes';

/** The plugin for apps of the legacy frontend system. @public */
export const resEdgePlugin = createPlugin({
  id: 'res-edge',
  apis: [
    createApiFactory({
      api: resEdgeApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: options => new ResEdgeClient(options),
    }),
  ],
  routes: { root: rootRouteRef },
});

/** The Fleet page with all its tabs, to be mounted at `/res-edge`. @public */
export const ResEdgePage = resEdgePlugin.provide(
  createRoutableExtension({
    name: 'ResEdgePage',
    component: () =>
      import('./components/LegacyFleetPage').then(m => m.LegacyFleetPage),
    mountPoint: rootRouteRef,
  }),
);

/** The tab of a cluster: what runs there and why, what does not and why not. @public */
export const EntityEdgeClusterContent = resEdgePlugin.provide(
  createComponentExtension({
    name: 'EntityEdgeClusterContent',
    component: {
      lazy: () =>
        import('./components/Entity/ClusterContent').then(
          m => m.ClusterContent,
        ),
    },
  }),
);

/** The tab of a group: its children, its clusters, the values that they inherit. @public */
export const EntityEdgeGroupContent = resEdgePlugin.provide(
  createComponentExtension({
    name: 'EntityEdgeGroupContent',
    component: {
      lazy: () =>
        import('./components/Entity/GroupContent').then(m => m.GroupContent),
    },
  }),
);

/** The tab of a namespace: its reach and its applications. @public */
export const EntityEdgeNamespaceContent = resEdgePlugin.provide(
  createComponentExtension({
    name: 'EntityEdgeNamespaceContent',
    component: {
      lazy: () =>
        import('./components/Entity/NamespaceContent').then(
          m => m.NamespaceContent,
        ),
    },
  }),
);

/** The tab of an application: where it runs, where it is refused and why. @public */
export const EntityEdgeApplicationContent = resEdgePlugin.provide(
  createComponentExtension({
    name: 'EntityEdgeApplicationContent',
    component: {
      lazy: () =>
        import('./components/Entity/ApplicationContent').then(
          m => m.ApplicationContent,
        ),
    },
  }),
);

/** A card that warns of an entity's problems, and is nothing where there are none. @public */
export const EntityEdgeProblemsCard = resEdgePlugin.provide(
  createComponentExtension({
    name: 'EntityEdgeProblemsCard',
    component: {
      lazy: () =>
        import('./components/Entity/EntityProblemsCard').then(
          m => m.EntityProblemsCard,
        ),
    },
  }),
);

/** For EntitySwitch: whether an entity is of one of these kinds. @public */
export function hasEdgeKind(...kinds: EdgeKind[]): (entity: Entity) => boolean {
  return entity => kinds.some(kind => kind === entity.kind);
}
