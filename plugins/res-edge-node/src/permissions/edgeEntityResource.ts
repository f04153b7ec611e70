import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import {
  EdgeEntity,
  RESOURCE_TYPE_RES_EDGE_ENTITY,
} from '@res-edge/backstage-plugin-res-edge-common';

/**
 * A fact about entities that a permission can depend on: it holds where one of the values does.
 *
 * - `owner`: `spec.owner` is one of these references
 * - `group`: a cluster in one of these groups or below, or such a group itself
 * - `environment`: of a cluster or namespace, and of an application by its namespace
 * - `namespace`: one of these namespaces, its applications, and the clusters that it reaches
 * - `reachedBy`: what entities of these owners reach: the namespaces and applications that they own, the applications of
 *   such a namespace, the namespace of such an application, and the clusters of them all
 *
 * @public
 */
export interface EdgeEntityCondition {
  readonly fact: 'owner' | 'group' | 'environment' | 'namespace' | 'reachedBy';
  readonly values: readonly string[];
}

/** An entity of the fleet, as rules look at it. @public */
export interface EdgeEntityResource {
  readonly entity: EdgeEntity;
  /** Whether the condition holds, in the fleet as it is planned now. */
  is(condition: EdgeEntityCondition): boolean;
}

/** What policies and rules of Res-Edge are about. @public */
export const edgeEntityResourceRef = createPermissionResourceRef<
  EdgeEntityResource,
  EdgeEntityCondition
>().with({
  pluginId: 'res-edge',
  resourceType: RESOURCE_TYPE_RES_EDGE_ENTITY,
});
