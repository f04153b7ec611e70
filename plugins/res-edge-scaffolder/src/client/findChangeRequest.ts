import {
  ChangeRequest,
  ResEdgeApi,
  ResEdgeRequestOptions,
} from '@res-edge/backstage-plugin-res-edge-common';

const PAGE_SIZE = 1000;
const MAX_PAGES = 10;

/**
 * The newest change request for an intent in the first of the states that has one.
 *
 * @param intent - entity reference of what is asked for
 * @internal
 */
export async function findChangeRequest(
  api: ResEdgeApi,
  intent: string,
  states: readonly ('open' | 'merged')[],
  options: ResEdgeRequestOptions,
): Promise<ChangeRequest | undefined> {
  for (const state of states) {
    let cursor: string | undefined;
    for (let page = 0; page < MAX_PAGES; page++) {
      const { items, nextCursor } = await api.listChangeRequests(
        { state, limit: PAGE_SIZE, cursor },
        options,
      );
      const found = items.find(item => item.intent === intent);
      if (found) {
        return found;
      }
      cursor = nextCursor;
      if (!cursor) {
        break;
      }
    }
  }
  return undefined;
}
