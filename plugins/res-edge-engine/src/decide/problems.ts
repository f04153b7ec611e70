import { EdgeKind, Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { SelectorError } from '../selector';
import { edgeReference } from '../snapshot';

/** A problem of an entity from an error; a selector's own place is added to the field. @internal */
export function problemOf(
  kind: EdgeKind,
  name: string,
  field: string,
  error: unknown,
): Problem {
  const { message, field: inner, position } = error as SelectorError;
  return {
    entity: edgeReference(kind, name),
    field: inner ? `${field}.${inner}` : field,
    message:
      position === undefined
        ? message
        : `${message} (at character ${position})`,
  };
}

/** Runs `task`; what it throws becomes a problem, and `undefined` is given. @internal */
export function attempt<T>(
  problems: Problem[],
  kind: EdgeKind,
  name: string,
  field: string,
  task: () => T,
): T | undefined {
  try {
    return task();
  } catch (error) {
    problems.push(problemOf(kind, name, field, error));
    return undefined;
  }
}
