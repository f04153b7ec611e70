import { Bitmap, Plan } from '@res-edge/backstage-plugin-res-edge-engine';

/** By application, where it is placed. @internal */
export function placedClusters({
  applications,
}: Plan): ReadonlyMap<string, Bitmap> {
  return new Map([...applications].map(([name, { placed }]) => [name, placed]));
}
