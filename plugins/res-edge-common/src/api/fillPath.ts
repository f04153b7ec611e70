/** The segments of a path such as `rollouts/{id}` with what an input has for them, and the rest of it. @internal */
export function fillPath(
  path: string,
  input: object,
): { segments: string[]; rest: Record<string, unknown> } {
  const rest: Record<string, unknown> = { ...input };
  const segments = path.split('/').map(segment => {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (name === undefined) return segment;
    const value = String(rest[name]);
    delete rest[name];
    return value;
  });
  return { segments, rest };
}
