import type {
  EdgeEntity,
  EdgeKind,
} from '@res-edge/backstage-plugin-res-edge-common';

/** An entity of the fleet; what is undefined is left out. */
export function entity<K extends EdgeKind>(
  kind: K,
  metadata: { name: string; title?: string; labels?: Record<string, string> },
  spec: Extract<EdgeEntity, { kind: K }>['spec'],
): Extract<EdgeEntity, { kind: K }> {
  const given = (value: object) =>
    Object.fromEntries(
      Object.entries(value).filter(([, part]) => part !== undefined),
    );
  return {
    apiVersion: 'res-edge.io/v1alpha1',
    kind,
    metadata: given(metadata),
    spec: given(spec),
  } as Extract<EdgeEntity, { kind: K }>;
}
