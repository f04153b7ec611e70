import {
  BasicPermission,
  createPermission,
} from '@backstage/plugin-permission-common';

/** Reading the inventory and what is decided about it: entities, placements, reasons. @public */
export const resEdgeInventoryReadPermission: BasicPermission = createPermission(
  { name: 'res-edge.inventory.read', attributes: { action: 'read' } },
);

/** Reading plans and what they change. @public */
export const resEdgePlanReadPermission: BasicPermission = createPermission({
  name: 'res-edge.plan.read',
  attributes: { action: 'read' },
});

/** Asking for a plan now. @public */
export const resEdgePlanRunPermission: BasicPermission = createPermission({
  name: 'res-edge.plan.run',
  attributes: { action: 'create' },
});

/** Reading change requests with their files. @public */
export const resEdgeChangeRequestReadPermission: BasicPermission =
  createPermission({
    name: 'res-edge.change-request.read',
    attributes: { action: 'read' },
  });

/** Merging a change request: what it asks for is delivered. @public */
export const resEdgeChangeRequestMergePermission: BasicPermission =
  createPermission({
    name: 'res-edge.change-request.merge',
    attributes: { action: 'update' },
  });

/** Every permission of Res-Edge. @public */
export const resEdgePermissions: readonly BasicPermission[] = [
  resEdgeInventoryReadPermission,
  resEdgePlanReadPermission,
  resEdgePlanRunPermission,
  resEdgeChangeRequestReadPermission,
  resEdgeChangeRequestMergePermission,
];
