import {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
  PermissionsRegistryService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import {
  BasicPermission,
  isResourcePermission,
  Permission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  ConditionTransformer,
  createConditionTransformer,
} from '@backstage/plugin-permission-node';
import {
  EDGE_KINDS,
  edgeEntityPermission,
  EdgeEntityPermission,
  RESOURCE_TYPE_RES_EDGE_ENTITY,
  resEdgePermissions,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  EdgeEntityCondition,
  edgeEntityResourceRef,
} from '@res-edge/backstage-plugin-res-edge-node';
import { Fleet, FleetView } from '../service/FleetView';
import { Access } from './Access';
import { Grant, toGrant } from './Grant';
import { ReadGrants } from './VisibleFleet';

/** Every operation reads the fleet, and shows of it what these allow. */
const READS = EDGE_KINDS.map(kind => edgeEntityPermission(kind, 'read'));

/** What decides about callers. @internal */
export interface AccessFactoryOptions {
  readonly permissions: PermissionsService;
  readonly permissionsRegistry: PermissionsRegistryService;
  readonly fleet: Pick<Fleet, 'view'>;
  /** Says which groups a user is in. */
  readonly userInfo: UserInfoService;
  /** Steps that evaluating a caller's selector may take. */
  readonly selectorSteps?: number;
}

/** Asks the policy, once for each request, what its caller may do. @internal */
export class AccessFactory {
  static create(options: AccessFactoryOptions): AccessFactory {
    return new AccessFactory(options);
  }

  private readonly transform: ConditionTransformer<EdgeEntityCondition>;

  private constructor(private readonly options: AccessFactoryOptions) {
    this.transform = createConditionTransformer(
      options.permissionsRegistry.getPermissionRuleset(edgeEntityResourceRef),
    );
  }

  /**
   * @param permissions - names; the caller needs one of them, be it for some entities only
   * @throws NotAllowedError
   */
  async forCaller(
    credentials: BackstageCredentials,
    permissions: readonly string[],
  ): Promise<Access> {
    const named = permissions.map(permissionOf);
    const entityPermissions = new Set<EdgeEntityPermission>(READS);
    const basicPermissions: BasicPermission[] = [];
    for (const permission of named) {
      if (isResourcePermission(permission, RESOURCE_TYPE_RES_EDGE_ENTITY)) {
        entityPermissions.add(permission);
      } else {
        basicPermissions.push(permission as BasicPermission);
      }
    }
    const grants = new Map([
      ...(await this.entityGrants([...entityPermissions], credentials)),
      ...(await this.basicGrants(basicPermissions, credentials)),
    ]);
    if (!named.some(({ name }) => grants.get(name) !== 'none')) {
      throw new NotAllowedError(
        `This needs the permission ${permissions
          .map(name => `'${name}'`)
          .join(' or ')}`,
      );
    }
    const reads = Object.fromEntries(
      EDGE_KINDS.map(kind => [
        kind,
        grants.get(edgeEntityPermission(kind, 'read').name),
      ]),
    ) as ReadGrants;
    return new Access(
      actorOf(credentials),
      credentials,
      grants,
      reads,
      missing => this.entityGrants(missing, credentials),
      () => this.view(),
      () => this.identities(credentials),
      this.options.selectorSteps,
    );
  }

  private async identities(
    credentials: BackstageCredentials,
  ): Promise<readonly string[]> {
    if ((credentials.principal as { type?: string }).type !== 'user') return [];
    const info = await this.options.userInfo.getUserInfo(credentials);
    return info.ownershipEntityRefs;
  }

  private view(): FleetView {
    const latest = this.options.fleet.view();
    if (!latest) {
      throw new ServiceUnavailableError(
        'The fleet is being read for the first time; try again in a few seconds',
      );
    }
    return latest;
  }

  private async entityGrants(
    permissions: readonly EdgeEntityPermission[],
    credentials: BackstageCredentials,
  ): Promise<Map<string, Grant>> {
    const decisions = await this.options.permissions.authorizeConditional(
      permissions.map(permission => ({ permission })),
      { credentials },
    );
    return this.toGrants(permissions, decisions);
  }

  private async basicGrants(
    permissions: readonly BasicPermission[],
    credentials: BackstageCredentials,
  ): Promise<Map<string, Grant>> {
    if (permissions.length === 0) {
      return new Map();
    }
    const decisions = await this.options.permissions.authorize(
      permissions.map(permission => ({ permission })),
      { credentials },
    );
    return this.toGrants(permissions, decisions);
  }

  private toGrants(
    permissions: readonly Permission[],
    decisions: readonly PolicyDecision[],
  ): Map<string, Grant> {
    return new Map(
      permissions.map(({ name }, index) => [
        name,
        toGrant(decisions[index], this.transform),
      ]),
    );
  }
}

function permissionOf(name: string) {
  const permission = resEdgePermissions.find(known => known.name === name);
  if (!permission) {
    throw new Error(`There is no permission '${name}'`);
  }
  return permission;
}

/** Who calls: the reference of a user, or the name of a service. @internal */
export function actorOf(credentials: BackstageCredentials): string {
  const principal = credentials.principal as
    | BackstageUserPrincipal
    | BackstageServicePrincipal;
  return principal.type === 'user'
    ? principal.userEntityRef
    : principal.subject;
}
