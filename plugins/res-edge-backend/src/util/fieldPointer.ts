/** Parts of a path as a JSON pointer (RFC 6901). @internal */
export function toPointer(segments: readonly string[]): string {
  return segments
    .map(part => `/${part.replace(/~/g, '~0').replace(/\//g, '~1')}`)
    .join('');
}

/** A field as an EdgeEntityError names it, such as `spec.groups[1]` or `spec.values["a b"]`, as a JSON pointer. @internal */
export function fieldPointer(field: string): string {
  const parts = [...field.matchAll(/\["((?:[^"\\]|\\.)*)"\]|[^.[\]]+/g)];
  return toPointer(
    parts.map(([part, quoted]) =>
      quoted === undefined ? part : JSON.parse(`"${quoted}"`),
    ),
  );
}
