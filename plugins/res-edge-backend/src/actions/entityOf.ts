import {
  EdgeKind,
  EntityInput,
  RES_EDGE_API_VERSION,
} from '@res-edge/backstage-plugin-res-edge-common';

/** An entity as it would come over HTTP: JSON knows nothing undefined. @internal */
export function entityOf(
  kind: EdgeKind,
  metadata: { name: string; [field: string]: unknown },
  spec: object,
): EntityInput {
  return JSON.parse(
    JSON.stringify({ apiVersion: RES_EDGE_API_VERSION, kind, metadata, spec }),
  );
}
