import {
  EdgeKind,
  EntityInput,
  RES_EDGE_API_VERSION,
} from '@res-edge/backstage-plugin-res-edge-common';
import { withoutUndefined } from './withoutUndefined';

/**
 * The fields of every entity that people give in a form.
 *
 * @internal
 */
export interface EntityMetadata {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly labels?: Record<string, string>;
}

/**
 * An entity that a template makes, without what is undefined.
 *
 * @param template - entity reference of the template
 * @internal
 */
export function createEntity(
  kind: EdgeKind,
  metadata: EntityMetadata,
  spec: object,
  template: string | undefined,
): EntityInput {
  return {
    apiVersion: RES_EDGE_API_VERSION,
    kind,
    metadata: {
      ...withoutUndefined(metadata),
      ...(template && {
        annotations: { 'backstage.io/source-template': template },
      }),
    },
    spec: withoutUndefined(spec) as EntityInput['spec'],
  };
}
