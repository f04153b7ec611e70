/** A mapping of a form or of a template. */
export type Mapping = Record<string, unknown>;

/**
 * Puts what was typed into a form where a mutation says `{ parameter: name }`; what was left out is left out.
 *
 * @param parameters - of the form, by their names
 */
export function fillParameters(value: unknown, parameters: Mapping): unknown {
  if (Array.isArray(value)) {
    return value.map(each => fillParameters(each, parameters)).filter(isGiven);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { parameter } = value as Mapping;
  const entries = Object.entries(value);
  if (entries.length === 1 && typeof parameter === 'string') {
    return Object.prototype.hasOwnProperty.call(parameters, parameter)
      ? parameters[parameter]
      : undefined;
  }
  const filled = entries
    .map(([key, each]) => [key, fillParameters(each, parameters)] as const)
    .filter(([, each]) => isGiven(each));
  return Object.fromEntries(filled);
}

/** What the form leaves empty counts as left out. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== '';
}
