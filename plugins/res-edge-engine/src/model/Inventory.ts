import {
  EdgeApplicationEntity,
  EdgeClusterEntity,
  EdgeGroupEntity,
  EdgeNamespaceEntity,
  EdgePolicyEntity,
} from '@res-edge/backstage-plugin-res-edge-common';

/** All that is registered, as it stands now. Names are unique within a kind. @public */
export interface Inventory {
  readonly clusters: readonly EdgeClusterEntity[];
  readonly groups: readonly EdgeGroupEntity[];
  readonly namespaces: readonly EdgeNamespaceEntity[];
  readonly applications: readonly EdgeApplicationEntity[];
  readonly policies: readonly EdgePolicyEntity[];
}
