import { PageRequest } from '../../util/cursor';

const DEFAULT_LIMIT = 50;

/** The page that a query asks for. @internal */
export function pageRequest({
  limit = DEFAULT_LIMIT,
  cursor,
}: {
  limit?: number;
  cursor?: string;
}): PageRequest {
  return { limit, cursor };
}
