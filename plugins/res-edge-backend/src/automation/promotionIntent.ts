import {
  EdgeApplicationEntity,
  entityRefOf,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  FileChange,
  renderPromotion,
  RolloutWish,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { locationOf, StoredRollout } from '../database';
import { digestOf, Intent } from './Intent';
import { withChanges } from './MainBranch';
import { PlannedMain } from './PlannedMain';

/**
 * What brings rings of an application to other releases: a line of its release.yaml each.
 *
 * @param wishes - one at least
 * @throws InputError where main does not hold the release any more, or there is no such ring
 * @internal
 */
export function promotionIntent(
  { main, plan, registration }: PlannedMain,
  entity: EdgeApplicationEntity,
  stored: StoredRollout,
  wishes: readonly RolloutWish[],
): Intent {
  const { release, version } = stored.rollout;
  const { name } = entity.metadata;
  const ref = entityRefOf('EdgeApplication', name);
  let changes: readonly FileChange[] = [];
  for (const wish of wishes) {
    const files =
      changes.length === 0 ? main.files : withChanges(main.files, changes);
    changes = [renderPromotion(files, entity, wish.ring, wish.release)];
  }
  const record = registration.records.get(ref);
  const [{ ring }] = wishes;
  const was = plan.applications
    .get(name)
    ?.releases.find(each => each.rings.includes(ring))?.release.version;
  return {
    ...{ ref, kind: 'EdgeApplication', name, changes, rollout: stored },
    entity: record?.entity ?? entity,
    location: record && locationOf(record.origin),
    title:
      wishes[0].release === release
        ? `Promote ${name} ${version} to ${ring} (${
            was === undefined ? 'nothing there yet' : `was ${was}`
          })`
        : `Take ${name} ${version} back from ${wishes
            .map(wish => wish.ring)
            .join(', ')}`,
    digest: digestOf(changes),
  };
}
