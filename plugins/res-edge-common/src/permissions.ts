import {
  BasicPermission,
  createPermission,
  Permission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import { EDGE_KINDS, EdgeKind } from './entities';

/** The resource type of every permission on entities: what a policy's conditions are about. @public */
export const RESOURCE_TYPE_RES_EDGE_ENTITY = 'res-edge-entity';

/** What can be done to an entity. @public */
export const EDGE_ENTITY_ACTIONS = [
  'read',
  'create',
  'update',
  'delete',
] as const;

/** One of {@link EDGE_ENTITY_ACTIONS}. @public */
export type EdgeEntityAction = (typeof EDGE_ENTITY_ACTIONS)[number];

/** A permission on entities of one kind; policies may answer it with conditions. @public */
export type EdgeEntityPermission = ResourcePermission<
  typeof RESOURCE_TYPE_RES_EDGE_ENTITY
>;

const byName = new Map<string, EdgeEntityPermission>(
  EDGE_KINDS.flatMap(kind =>
    EDGE_ENTITY_ACTIONS.map(action => {
      const name = permissionName(kind, action);
      const permission = createPermission({
        name,
        attributes: { action },
        resourceType: RESOURCE_TYPE_RES_EDGE_ENTITY,
      });
      return [name, permission] as const;
    }),
  ),
);

/**
 * The permission to do something to entities of a kind, such as `res-edge.cluster.read`.
 *
 * @public
 */
export function edgeEntityPermission(
  kind: EdgeKind,
  action: EdgeEntityAction,
): EdgeEntityPermission {
  return byName.get(permissionName(kind, action))!;
}

function permissionName(kind: EdgeKind, action: EdgeEntityAction): string {
  return `res-edge.${kind.slice('Edge'.length).toLowerCase()}.${action}`;
}

/** The permissions on entities: one for each kind and action. @public */
export const resEdgeEntityPermissions: readonly EdgeEntityPermission[] = [
  ...byName.values(),
];

/** Reading plans; of what they change, only what the caller may see is shown. @public */
export const resEdgePlanReadPermission: BasicPermission = createPermission({
  name: 'res-edge.plan.read',
  attributes: { action: 'read' },
});

/** Asking for a plan now. @public */
export const resEdgePlanRunPermission: BasicPermission = createPermission({
  name: 'res-edge.plan.run',
  attributes: { action: 'create' },
});

/** Reading change requests of entities that the caller may see, with their files. @public */
export const resEdgeChangeRequestReadPermission: BasicPermission =
  createPermission({
    name: 'res-edge.change-request.read',
    attributes: { action: 'read' },
  });

/** Merging a change request: what it asks for is delivered. Needs the permission to update its entity, too. @public */
export const resEdgeChangeRequestMergePermission: BasicPermission =
  createPermission({
    name: 'res-edge.change-request.merge',
    attributes: { action: 'update' },
  });

/** Saying yes or no to a change request, where an approval asks the caller. @public */
export const resEdgeChangeRequestApprovePermission: BasicPermission =
  createPermission({
    name: 'res-edge.change-request.approve',
    attributes: { action: 'update' },
  });

/** Merging without the approvals that are asked for: they are told, and the reason stays in Git. @public */
export const resEdgeChangeRequestBreakGlassPermission: BasicPermission =
  createPermission({
    name: 'res-edge.change-request.break-glass',
    attributes: { action: 'update' },
  });

/** Taking over what somebody changed by hand on main. Needs the permission to update the entity, too. @public */
export const resEdgeDriftAdoptPermission: BasicPermission = createPermission({
  name: 'res-edge.drift.adopt',
  attributes: { action: 'update' },
});

/** Taking back what somebody changed by hand on main. Needs the permission to update the entity, too. @public */
export const resEdgeDriftDiscardPermission: BasicPermission = createPermission({
  name: 'res-edge.drift.discard',
  attributes: { action: 'update' },
});

/** Letting what waits be taken away from clusters; only for who sees the whole fleet. @public */
export const resEdgeGuardSignOffPermission: BasicPermission = createPermission({
  name: 'res-edge.guard.sign-off',
  attributes: { action: 'update' },
});

/** Pausing, resuming, promoting, skipping, aborting and rolling back rollouts. Needs the permission to update the application, too. @public */
export const resEdgeRolloutCommandPermission: BasicPermission =
  createPermission({
    name: 'res-edge.rollout.command',
    attributes: { action: 'update' },
  });

/** Reporting of any cluster what it says of itself; clusters that sign what they send need none. @public */
export const resEdgeStatusReportPermission: BasicPermission = createPermission({
  name: 'res-edge.status.report',
  attributes: { action: 'create' },
});

/** Reading who changed what, of entities that the caller may see. @public */
export const resEdgeAuditReadPermission: BasicPermission = createPermission({
  name: 'res-edge.audit.read',
  attributes: { action: 'read' },
});

/** The permissions that are not about one entity. @public */
export const resEdgeBasicPermissions: readonly BasicPermission[] = [
  resEdgePlanReadPermission,
  resEdgePlanRunPermission,
  resEdgeChangeRequestReadPermission,
  resEdgeChangeRequestMergePermission,
  resEdgeChangeRequestApprovePermission,
  resEdgeChangeRequestBreakGlassPermission,
  resEdgeDriftAdoptPermission,
  resEdgeDriftDiscardPermission,
  resEdgeGuardSignOffPermission,
  resEdgeRolloutCommandPermission,
  resEdgeStatusReportPermission,
  resEdgeAuditReadPermission,
];

/** Every permission of Res-Edge. @public */
export const resEdgePermissions: readonly Permission[] = [
  ...resEdgeEntityPermissions,
  ...resEdgeBasicPermissions,
];
