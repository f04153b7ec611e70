import { Problem } from '@res-edge/backstage-plugin-res-edge-common';

/** Problems of one entity in a line. @internal */
export function describeProblems(problems: readonly Problem[]): string {
  return problems
    .map(({ field, message }) => (field ? `${field}: ${message}` : message))
    .join('; ');
}
