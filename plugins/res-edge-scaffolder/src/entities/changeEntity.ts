import {
  EdgeEntity,
  EdgeKind,
  EntityInput,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ResEdgeCaller } from '../client/createClient';
import { writeEntity, WriteResult, WritingCaller } from '../client/writeEntity';

/**
 * Reads an entity of the data service and writes what `change` makes of it, unless somebody else wrote it meanwhile. An
 * entity that is so already is no change.
 *
 * @throws ConflictError where it has another origin, and so is changed elsewhere
 * @internal
 */
export async function changeEntity<K extends EdgeKind>(
  client: ResEdgeCaller,
  caller: WritingCaller,
  kind: K,
  name: string,
  change: (
    entity: Extract<EdgeEntity, { kind: K }>,
  ) => Extract<EdgeEntity, { kind: K }>,
): Promise<WriteResult> {
  return writeEntity(client, caller, async () => {
    const { entity, etag } = await client.api.getEntity(
      { kind, name },
      await client.optionsFor(caller),
    );
    // Who reads an entity of a kind gets one of that kind.
    const before = entity as unknown as Extract<EdgeEntity, { kind: K }>;
    return {
      action: 'replace',
      kind,
      name,
      entity: change(before) as unknown as EntityInput,
      ifMatch: etag,
    };
  });
}
