/**
 * The segments of a path such as `imports/{format}?atomic&dryRun` with what an input has for them, what it has for the
 * query that the path names, and the rest of it.
 *
 * @internal
 */
export function fillPath(
  path: string,
  input: object,
): {
  segments: string[];
  query: Record<string, unknown>;
  rest: Record<string, unknown>;
} {
  const rest: Record<string, unknown> = { ...input };
  const take = (name: string) => {
    const value = rest[name];
    delete rest[name];
    return value;
  };
  const [place, names] = path.split('?');
  const segments = place.split('/').map(segment => {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    return name === undefined ? segment : String(take(name));
  });
  const query = Object.fromEntries(
    (names?.split('&') ?? []).map(name => [name, take(name)]),
  );
  return { segments, query, rest };
}
