import { InputError } from '@backstage/errors';
import {
  EdgeNamespaceEntity,
  entityRefOf,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  renderNamespaceSlice,
  sliceChanges,
  withContentOf,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { locationOf, StoredRollout } from '../database';
import { digestOf, Intent } from './Intent';
import { PlannedMain } from './PlannedMain';

/**
 * What lets main hold again what a namespace was: its content and its selector. All else of it stays as it is now.
 *
 * @param former - as it was; undefined where nobody knows
 * @throws InputError where nobody knows
 * @internal
 */
export function takeBackIntent(
  { main, registration }: PlannedMain,
  name: string,
  stored: StoredRollout,
  former: EdgeNamespaceEntity | undefined,
): Intent {
  if (!former)
    throw new InputError(
      'what it was before is not in the history of main any more; register another content to go back',
    );
  const { entity } = main.decisions.namespaces.get(name)!;
  const slice = renderNamespaceSlice(withContentOf(entity, former));
  const changes = sliceChanges(main.files, slice);
  const ref = entityRefOf('EdgeNamespace', name);
  const record = registration.records.get(ref);
  return {
    ...{ ref, kind: 'EdgeNamespace', name, changes, rollout: stored },
    entity: record?.entity ?? entity,
    location: record && locationOf(record.origin),
    title: `Take the content of namespace ${name} back`,
    digest: digestOf(changes),
  };
}
