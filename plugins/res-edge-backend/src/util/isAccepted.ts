import { EdgeEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { Inventory } from '@res-edge/backstage-plugin-res-edge-engine';

/**
 * Whether the owner of the namespace has accepted the application already: by `accepts`, or by being its owner too.
 * What is not accepted is a request that a person has to read, wherever it is registered.
 *
 * @internal
 */
export function isAccepted(
  entity: EdgeEntity | undefined,
  { namespaces }: Pick<Inventory, 'namespaces'>,
): boolean {
  if (entity?.kind !== 'EdgeApplication' || entity.spec.namespace === undefined)
    return true;
  const namespace = namespaces.find(
    ({ metadata }) => metadata.name === entity.spec.namespace,
  );
  if (!namespace) return false;
  const { owner, accepts } = namespace.spec;
  if (!accepts) return entity.spec.owner === owner;
  const named = accepts.applications?.includes(entity.metadata.name) ?? true;
  const owned = accepts.owners?.includes(entity.spec.owner) ?? true;
  return named && owned;
}
