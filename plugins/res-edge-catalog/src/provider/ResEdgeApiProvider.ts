import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  ApiEntity,
} from '@backstage/catalog-model';
import {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { openapiDocument } from '@res-edge/backstage-plugin-res-edge-common';

const LOCATION = 'res-edge:api';

/**
 * Gives the catalog the API of the data service, as the installed version documents it. A descriptor could not: a file
 * that it points at is not read from a local location.
 *
 * @internal
 */
export class ResEdgeApiProvider implements EntityProvider {
  static create(): ResEdgeApiProvider {
    return new ResEdgeApiProvider();
  }

  private constructor() {}

  getProviderName(): string {
    return 'res-edge-api';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    const entity: ApiEntity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'API',
      metadata: {
        name: 'res-edge',
        title: 'Res-Edge data service',
        description:
          'The inventory, the decisions with their reasons, plans and change requests',
        annotations: {
          [ANNOTATION_LOCATION]: LOCATION,
          [ANNOTATION_ORIGIN_LOCATION]: LOCATION,
        },
      },
      spec: {
        type: 'openapi',
        lifecycle: 'experimental',
        owner: 'group:default/platform-team',
        system: 'res-edge',
        definition: JSON.stringify(openapiDocument),
      },
    };
    await connection.applyMutation({
      type: 'full',
      entities: [{ entity, locationKey: LOCATION }],
    });
  }
}
