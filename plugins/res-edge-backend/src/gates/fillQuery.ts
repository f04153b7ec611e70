import { InputError } from '@backstage/errors';
import { GateRequest } from '@res-edge/backstage-plugin-res-edge-node';

const PLACEHOLDER = /\$\{\{\s*([^}]*?)\s*\}\}/g;
const KNOWN = ['application', 'version', 'ring'] as const;

/**
 * A query with its placeholders filled. Names and versions have no character that means something within quotes.
 *
 * @throws InputError for a placeholder that is not known
 * @internal
 */
export function fillQuery(
  query: string,
  request: Pick<GateRequest, (typeof KNOWN)[number]>,
): string {
  return query.replace(PLACEHOLDER, (_, name: string) => {
    const known = KNOWN.find(each => each === name);
    if (!known)
      throw new InputError(
        `The query has a placeholder '${name}'; known are ${KNOWN.join(', ')}`,
      );
    return request[known];
  });
}
