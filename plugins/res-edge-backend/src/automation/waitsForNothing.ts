import { Bitmap } from '@res-edge/backstage-plugin-res-edge-engine';
import { PlannedMain } from './PlannedMain';

/** Clusters at which nothing runs that could be disturbed. @internal */
export function waitsForNothing({
  plan: { snapshot },
  input,
}: PlannedMain): Bitmap {
  const there = Bitmap.empty(snapshot.size);
  for (const clusters of input.baseline.applications.values())
    there.or(clusters);
  for (const clusters of input.baseline.namespaces?.values() ?? [])
    there.or(clusters);
  const provisioning = snapshot.facts
    .field('state')
    .where(state => state === 'provisioning');
  return there.not().or(provisioning);
}
