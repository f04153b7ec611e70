import { parseEntityRef } from '@backstage/catalog-model';
import { entityRefOf } from '@res-edge/backstage-plugin-res-edge-common';
import { Access } from '../../permissions';
import { isAccepted } from '../../util/isAccepted';
import { checkUpdate } from './checkUpdate';

/**
 * Merging what the owner of a namespace has not accepted by `accepts` accepts it: who may not change the namespace may
 * not do that, though the application is his own.
 *
 * @param ref - the entity of a change request
 * @throws NotAllowedError
 * @internal
 */
export async function checkAcceptance(
  access: Access,
  ref: string,
): Promise<void> {
  const { kind, name } = parseEntityRef(ref);
  if (kind !== 'edgeapplication') return;
  const { inventory } = access.fleet().view;
  const application = inventory.applications.find(
    ({ metadata }) => metadata.name === name,
  );
  const namespace = application?.spec.namespace;
  if (namespace === undefined || isAccepted(application, inventory)) return;
  await checkUpdate(access, entityRefOf('EdgeNamespace', namespace));
}
