import { parseEntityRef } from '@backstage/catalog-model';
import { edgeKindOf } from '@res-edge/backstage-plugin-res-edge-common';
import { Access } from '../../permissions';

/**
 * Deciding what main holds of an entity decides about the entity: who may not change it may not do that either.
 *
 * @throws NotAllowedError
 * @internal
 */
export async function checkUpdate(access: Access, ref: string): Promise<void> {
  const reference = parseEntityRef(ref);
  const kind = edgeKindOf(reference.kind);
  if (kind) {
    const entity = access.fleet().find(kind, reference.name);
    const name = entity?.metadata.name ?? reference.name;
    await access.check([
      { action: 'update', kind, name, before: entity, after: entity },
    ]);
  }
}
