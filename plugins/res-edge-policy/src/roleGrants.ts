import {
  Permission,
  PermissionCondition,
  PermissionCriteria,
} from '@backstage/plugin-permission-common';
import {
  EDGE_ENTITY_ACTIONS,
  EDGE_KINDS,
  EdgeEntityAction,
  edgeEntityPermission,
  EdgeKind,
  RESOURCE_TYPE_RES_EDGE_ENTITY,
  resEdgeAuditReadPermission,
  resEdgeBasicPermissions,
  resEdgeChangeRequestApprovePermission,
  resEdgeChangeRequestReadPermission,
  resEdgePlanReadPermission,
} from '@res-edge/backstage-plugin-res-edge-common';
import { edgeEntityConditions as conditions } from '@res-edge/backstage-plugin-res-edge-node';
import { ResEdgeRole, RoleAssignment } from './RoleAssignment';

/** Conditions of Res-Edge. @internal */
export type Criteria = PermissionCriteria<
  PermissionCondition<typeof RESOURCE_TYPE_RES_EDGE_ENTITY>
>;

/** `true`: without a condition; `false`: not at all. @internal */
export type RoleGrant = boolean | Criteria;

type Rule = (owners: string[]) => RoleGrant;

const anything: Rule = () => true;
const owned: Rule = owners => conditions.isOwner({ owners });
const reached: Rule = owners => conditions.isReachedBy({ owners });

/** What a role may do to entities; what is left out it may not. */
type EntityRules = Partial<
  Record<EdgeKind, Partial<Record<EdgeEntityAction, Rule>>>
>;

function rules(actions: readonly EdgeEntityAction[], rule: Rule) {
  return Object.fromEntries(actions.map(action => [action, rule]));
}

const ALL_ACTIONS = rules(EDGE_ENTITY_ACTIONS, anything);
const READS_ALL = { read: anything };

const READ_ONLY: readonly Permission[] = [
  resEdgePlanReadPermission,
  resEdgeChangeRequestReadPermission,
];

/** An approval itself says whose word counts. */
const READ_AND_APPROVE = [...READ_ONLY, resEdgeChangeRequestApprovePermission];

const ROLES: Readonly<
  Record<ResEdgeRole, { entities: EntityRules; basic: readonly Permission[] }>
> = {
  'platform-operator': {
    entities: Object.fromEntries(EDGE_KINDS.map(kind => [kind, ALL_ACTIONS])),
    basic: resEdgeBasicPermissions,
  },
  'application-team': {
    entities: {
      EdgeApplication: {
        read: reached,
        ...rules(['create', 'update', 'delete'], owned),
      },
      EdgeCluster: { read: reached },
      EdgeGroup: READS_ALL,
      EdgeNamespace: { read: reached, update: owned },
      EdgePolicy: READS_ALL,
    },
    basic: READ_AND_APPROVE,
  },
  'store-operations': {
    entities: {
      EdgeApplication: READS_ALL,
      EdgeCluster: ALL_ACTIONS,
      EdgeGroup: READS_ALL,
      EdgeNamespace: READS_ALL,
      EdgePolicy: READS_ALL,
    },
    basic: READ_AND_APPROVE,
  },
  auditor: {
    entities: Object.fromEntries(EDGE_KINDS.map(kind => [kind, READS_ALL])),
    basic: [...READ_ONLY, resEdgeAuditReadPermission],
  },
};

const ENTITY_PERMISSIONS: ReadonlyMap<
  string,
  { kind: EdgeKind; action: EdgeEntityAction }
> = new Map(
  EDGE_KINDS.flatMap(kind =>
    EDGE_ENTITY_ACTIONS.map(
      action =>
        [edgeEntityPermission(kind, action).name, { kind, action }] as const,
    ),
  ),
);

/**
 * What an assignment grants of a permission of Res-Edge.
 *
 * @param owners - the user's own reference and those of his groups
 * @internal
 */
export function roleGrant(
  assignment: RoleAssignment,
  permission: string,
  owners: string[],
): RoleGrant {
  const { entities, basic } = ROLES[assignment.role];
  const asked = ENTITY_PERMISSIONS.get(permission);
  if (!asked) {
    return basic.some(({ name }) => name === permission);
  }
  const rule = entities[asked.kind]?.[asked.action];
  return rule ? limited(assignment, asked.kind, rule(owners)) : false;
}

function limited(
  { groups, environments }: RoleAssignment,
  kind: EdgeKind,
  grant: RoleGrant,
): RoleGrant {
  const limits: Criteria[] = [];
  if (groups && (kind === 'EdgeCluster' || kind === 'EdgeGroup')) {
    limits.push(conditions.inGroup({ groups: [...groups] }));
  }
  if (environments && kind !== 'EdgeGroup' && kind !== 'EdgePolicy') {
    limits.push(conditions.hasEnvironment({ environments: [...environments] }));
  }
  if (grant === false || limits.length === 0) {
    return grant;
  }
  const [first, ...rest] = grant === true ? limits : [grant, ...limits];
  return rest.length === 0 ? first : { allOf: [first, ...rest] };
}
