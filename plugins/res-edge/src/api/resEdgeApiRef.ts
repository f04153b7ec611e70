import { createApiRef } from '@backstage/core-plugin-api';
import { ResEdgeApi } from '@res-edge/backstage-plugin-res-edge-common';

/** The portal's access to the backend of Res-Edge. @public */
export const resEdgeApiRef = createApiRef<ResEdgeApi>({
  id: 'plugin.res-edge.api',
});
