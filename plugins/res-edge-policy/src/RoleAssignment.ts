import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** The roles of the example policy. @public */
export const RES_EDGE_ROLES = [
  'platform-operator',
  'application-team',
  'store-operations',
  'auditor',
] as const;

/** One of {@link RES_EDGE_ROLES}. @public */
export type ResEdgeRole = (typeof RES_EDGE_ROLES)[number];

/** Who has a role, and where. @public */
export interface RoleAssignment {
  /** Reference of a catalog group or user, in full. */
  readonly group: string;
  readonly role: ResEdgeRole;
  /** The subtrees that it is limited to. */
  readonly groups?: readonly string[];
  /** The environments that it is limited to. */
  readonly environments?: readonly string[];
}

/** Reads `resEdge.roles`. @throws InputError that names the field @public */
export function readRoleAssignments(config: Config): RoleAssignment[] {
  const list = config.getOptionalConfigArray('resEdge.roles') ?? [];
  return list.map((item, index) => ({
    group: readGroup(item.getString('group'), `resEdge.roles[${index}].group`),
    role: readRole(item.getString('role'), `resEdge.roles[${index}].role`),
    groups: item.getOptionalStringArray('groups'),
    environments: item.getOptionalStringArray('environments'),
  }));
}

function readGroup(value: string, field: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(value, {
        defaultKind: 'group',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    throw new InputError(
      `${field}: '${value}' is no reference of a group or user, such as group:default/platform-team`,
    );
  }
}

function readRole(value: string, field: string): ResEdgeRole {
  const role = RES_EDGE_ROLES.find(known => known === value);
  if (!role) {
    throw new InputError(
      `${field}: '${value}' is no role; allowed are ${RES_EDGE_ROLES.join(
        ', ',
      )}`,
    );
  }
  return role;
}
