import {
  entityRefOf,
  ResEdgeApi,
} from '@res-edge/backstage-plugin-res-edge-common';
import { RecordChange } from './followRecords';

const WAIT_SECONDS = 30;

/**
 * Changes of the inventory since a revision, or from now on, as far as the caller may see them; the server answers when
 * there are any, and it never ends.
 *
 * @internal
 */
export async function* followChanges(
  api: ResEdgeApi,
  since: number | undefined,
): AsyncGenerator<RecordChange> {
  let known = since ?? (await api.listChanges()).revision;
  let cursor: string | undefined;
  for (;;) {
    const page = await api.listChanges({
      since: known,
      cursor,
      wait: WAIT_SECONDS,
      limit: 1000,
    });
    for (const { action, kind, name, revision } of page.changes) {
      const change = action === 'deleted' ? 'deleted' : 'changed';
      yield { change, revision, ref: entityRefOf(kind, name) };
    }
    cursor = page.nextCursor;
    if (cursor === undefined) known = page.revision;
  }
}
