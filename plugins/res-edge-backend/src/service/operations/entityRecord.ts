import { EntityRecord } from '@res-edge/backstage-plugin-res-edge-common';
import { InventoryRecord } from '../../database';
import { etagOf } from '../../util/etag';

/** A record as the API shows it. @internal */
export function entityRecord(record: InventoryRecord): EntityRecord {
  const { entity, origin, revision, createdAt, updatedAt } = record;
  return {
    entity: { ...entity },
    origin: { ...origin },
    etag: etagOf(revision),
    createdAt,
    updatedAt,
  };
}
