import {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  isPermission,
  isResourcePermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  EDGE_KINDS,
  edgeEntityPermission,
  RESOURCE_TYPE_RES_EDGE_ENTITY,
} from '@res-edge/backstage-plugin-res-edge-common';
import { createEdgeEntityConditionalDecision } from '@res-edge/backstage-plugin-res-edge-node';
import { RoleAssignment } from './RoleAssignment';
import { Criteria, RoleGrant, roleGrant } from './roleGrants';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/**
 * Decides about Res-Edge by roles. In the catalog it hides the entities of Res-Edge that the data service would not show
 * without a condition, except those that the user owns. It allows what is not of Res-Edge.
 *
 * @public
 */
export class ResEdgePolicy implements PermissionPolicy {
  static create(options: {
    assignments: readonly RoleAssignment[];
    userInfo: UserInfoService;
  }): ResEdgePolicy {
    return new ResEdgePolicy(options.assignments, options.userInfo);
  }

  /** One request asks about many permissions of one user. */
  private readonly owners = new WeakMap<
    BackstageCredentials,
    Promise<string[]>
  >();

  private constructor(
    private readonly assignments: readonly RoleAssignment[],
    private readonly userInfo: UserInfoService,
  ) {}

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const owners = user ? await this.ownersOf(user.credentials) : [];
    if (isPermission(permission, catalogEntityReadPermission)) {
      return this.decideCatalogRead(owners);
    }
    if (!permission.name.startsWith('res-edge.')) {
      return ALLOW;
    }
    const grant = this.grant(permission.name, owners);
    if (typeof grant === 'boolean') {
      return grant ? ALLOW : DENY;
    }
    return isResourcePermission(permission, RESOURCE_TYPE_RES_EDGE_ENTITY)
      ? createEdgeEntityConditionalDecision(permission, grant)
      : DENY;
  }

  private decideCatalogRead(owners: string[]): PolicyDecision {
    const hidden = EDGE_KINDS.filter(
      kind =>
        this.grant(edgeEntityPermission(kind, 'read').name, owners) !== true,
    );
    return hidden.length === 0
      ? ALLOW
      : createCatalogConditionalDecision(catalogEntityReadPermission, {
          anyOf: [
            { not: catalogConditions.isEntityKind({ kinds: hidden }) },
            catalogConditions.isEntityOwner({ claims: owners }),
          ],
        });
  }

  /** All roles of the user together. */
  private grant(permission: string, owners: string[]): RoleGrant {
    const grants = this.assignments
      .filter(({ group }) => owners.includes(group))
      .map(assignment => roleGrant(assignment, permission, owners));
    if (grants.includes(true)) {
      return true;
    }
    const [first, ...rest] = grants.filter(
      (grant): grant is Criteria => typeof grant === 'object',
    );
    if (!first) {
      return false;
    }
    return rest.length === 0 ? first : { anyOf: [first, ...rest] };
  }

  private async ownersOf(credentials: BackstageCredentials): Promise<string[]> {
    let owners = this.owners.get(credentials);
    if (!owners) {
      owners = this.userInfo
        .getUserInfo(credentials)
        .then(({ ownershipEntityRefs }) => ownershipEntityRefs);
      this.owners.set(credentials, owners);
    }
    return owners;
  }
}
