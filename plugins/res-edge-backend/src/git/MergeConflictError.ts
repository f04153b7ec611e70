import { ConflictError } from '@backstage/errors';

/**
 * Two branches changed the same thing. `paths` names the files.
 *
 * @internal
 */
export class MergeConflictError extends ConflictError {
  constructor(
    readonly branch: string,
    readonly into: string,
    readonly paths: readonly string[],
  ) {
    const shown = paths.slice(0, 20).join(', ');
    const more = paths.length > 20 ? ` and ${paths.length - 20} more` : '';
    super(
      `Branch ${branch} conflicts with ${into} in ${paths.length} file(s): ${shown}${more}`,
    );
  }
}
