import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/** The Fleet page. @public */
export const rootRouteRef = createRouteRef({ id: 'res-edge' });

/** All change requests. @public */
export const changeRequestsRouteRef = createSubRouteRef({
  id: 'res-edge.change-requests',
  parent: rootRouteRef,
  path: '/change-requests',
});

/** One change request. @public */
export const changeRequestRouteRef = createSubRouteRef({
  id: 'res-edge.change-request',
  parent: rootRouteRef,
  path: '/change-requests/:id',
});

/** One plan. @public */
export const planRouteRef = createSubRouteRef({
  id: 'res-edge.plan',
  parent: rootRouteRef,
  path: '/plans/:id',
});

/** All plans. @public */
export const plansRouteRef = createSubRouteRef({
  id: 'res-edge.plans',
  parent: rootRouteRef,
  path: '/plans',
});

/** Who changed what. @public */
export const auditRouteRef = createSubRouteRef({
  id: 'res-edge.audit',
  parent: rootRouteRef,
  path: '/audit',
});

/** The newest rollout of each application. @public */
export const rolloutsRouteRef = createSubRouteRef({
  id: 'res-edge.rollouts',
  parent: rootRouteRef,
  path: '/rollouts',
});

/** One rollout. @public */
export const rolloutRouteRef = createSubRouteRef({
  id: 'res-edge.rollout',
  parent: rootRouteRef,
  path: '/rollouts/:id',
});
