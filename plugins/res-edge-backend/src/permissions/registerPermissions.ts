import { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  resEdgeBasicPermissions,
  resEdgeEntityPermissions,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  EdgeEntityResource,
  edgeEntityResourceRef,
  edgeEntityRules,
} from '@res-edge/backstage-plugin-res-edge-node';
import { FleetView } from '../service/FleetView';
import { FleetIndex } from '../service/queries/FleetIndex';
import { fleetFactsOf } from './fleetFactsOf';

/**
 * Tells Backstage the permissions, the resource type and its rules, so that policies can answer with conditions and pages
 * can ask about one entity by its reference.
 *
 * @param view - the newest; undefined before the first run
 * @internal
 */
export function registerPermissions(
  registry: PermissionsRegistryService,
  view: () => FleetView | undefined,
): void {
  registry.addPermissions([...resEdgeBasicPermissions]);
  registry.addResourceType({
    resourceRef: edgeEntityResourceRef,
    permissions: [...resEdgeEntityPermissions],
    rules: Object.values(edgeEntityRules),
    getResources: async references => {
      const latest = view();
      return references.map(
        reference => latest && resourceOf(latest, reference),
      );
    },
  });
}

function resourceOf(
  view: FleetView,
  reference: string,
): EdgeEntityResource | undefined {
  const entity = FleetIndex.of(view).findReference(reference.toLowerCase());
  return (
    entity && {
      entity,
      is: condition => fleetFactsOf(view).is(entity, condition),
    }
  );
}
