import {
  ApiBlueprint,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { ResEdgeClient } from '@res-edge/backstage-plugin-res-edge-common';
import { resEdgeApiRef } from '../api';

/** The client of the backend. */
export const resEdgeApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: resEdgeApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: options => new ResEdgeClient(options),
    }),
});
