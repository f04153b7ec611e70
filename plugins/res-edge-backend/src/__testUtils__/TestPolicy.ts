import {
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  Permission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { edgeEntityRules } from '@res-edge/backstage-plugin-res-edge-node';
import { AccessFactory, AccessFactoryOptions } from '../permissions';
import { actorOf } from '../permissions/AccessFactory';

/** Stands for the permission backend: a policy that tests change, and what it was asked. @internal */
export class TestPolicy implements PermissionsService {
  decide: (permission: Permission) => PolicyDecision = () => ({
    result: AuthorizeResult.ALLOW,
  });
  /** The groups that every user is in. */
  groups: string[] = [];
  readonly asked: string[] = [];

  reset(): void {
    this.asked.length = 0;
    this.decide = () => ({ result: AuthorizeResult.ALLOW });
  }

  deny(): void {
    this.decide = () => ({ result: AuthorizeResult.DENY });
  }

  accessFactory(fleet: AccessFactoryOptions['fleet']): AccessFactory {
    return AccessFactory.create({
      permissions: this,
      permissionsRegistry: testPermissionsRegistry(),
      fleet,
      userInfo: {
        getUserInfo: async credentials => ({
          userEntityRef: actorOf(credentials),
          ownershipEntityRefs: [actorOf(credentials), ...this.groups],
        }),
      },
    });
  }

  async authorize(
    requests: { permission: Permission }[],
  ): ReturnType<PermissionsService['authorize']> {
    return this.answer(requests) as Awaited<
      ReturnType<PermissionsService['authorize']>
    >;
  }

  async authorizeConditional(
    requests: { permission: Permission }[],
  ): Promise<PolicyDecision[]> {
    return this.answer(requests);
  }

  private answer(requests: { permission: Permission }[]): PolicyDecision[] {
    return requests.map(({ permission }) => {
      this.asked.push(permission.name);
      return this.decide(permission);
    });
  }
}

/** Knows the rules of Res-Edge. */
function testPermissionsRegistry(): PermissionsRegistryService {
  return {
    addPermissions: () => {},
    addPermissionRules: () => {},
    addResourceType: () => {},
    getPermissionRuleset: () => ({
      getRuleByName: (name: string) => {
        const rule = Object.values(edgeEntityRules).find(
          known => known.name === name,
        );
        if (!rule) {
          throw new Error(`There is no rule '${name}'`);
        }
        return rule as never;
      },
    }),
  };
}
