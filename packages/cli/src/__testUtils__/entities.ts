/** An entity as one line of JSON. */
export function entityLine(
  kind: string,
  name: string,
  spec: Record<string, unknown> = {},
  metadata: Record<string, unknown> = {},
): string {
  return `${JSON.stringify({
    apiVersion: 'res-edge.io/v1alpha1',
    kind,
    metadata: { name, ...metadata },
    spec,
  })}\n`;
}
