import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { ResEdgePolicy } from './ResEdgePolicy';
import { readRoleAssignments } from './RoleAssignment';

/**
 * Decides by the roles in `resEdge.roles`. What is not of Res-Edge it allows: a portal that has more to protect writes a
 * policy of its own, and asks {@link ResEdgePolicy} for the permissions of Res-Edge.
 *
 * @public
 */
export const permissionModuleResEdge = createBackendModule({
  pluginId: 'permission',
  moduleId: 'res-edge',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        policy: policyExtensionPoint,
        userInfo: coreServices.userInfo,
      },
      async init({ config, policy, userInfo }) {
        policy.setPolicy(
          ResEdgePolicy.create({
            assignments: readRoleAssignments(config),
            userInfo,
          }),
        );
      },
    });
  },
});
