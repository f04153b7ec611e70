import { ApplicationReach } from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '@res-edge/backstage-plugin-res-edge-engine';
import { VisibleFleet } from '../../permissions';

/** What each ring of an application has reached, as far as the caller sees clusters. @internal */
export function ringsReached(
  fleet: VisibleFleet,
  name: string,
): Pick<ApplicationReach, 'rollout' | 'rings'> {
  const { decisions, plan, snapshot } = fleet.view;
  const rollout = decisions.applications.get(name)?.entity.spec.rollout;
  if (rollout === undefined) return {};
  const found = plan.rollouts.get(rollout);
  const application = plan.applications.get(name);
  if (!found || !application) return { rollout };
  const none = Bitmap.empty(snapshot.size);
  const count = (clusters: Bitmap) => fleet.only(clusters).count();
  return {
    rollout,
    rings: found.rings.map(({ name: ring, clusters }, index) => {
      const wanted = application.releases.find(({ rings }) =>
        rings.includes(ring),
      );
      const isLast = index === found.rings.length - 1;
      return {
        name: ring,
        version: wanted?.release.version,
        digest: wanted?.release.digest,
        clusters: count(clusters),
        placed: count(clusters.clone().and(application.placed)),
        unselected: count(isLast ? found.unselected : none),
      };
    }),
  };
}
