import {
  buildAsFlux,
  ManifestBuilder,
} from '@res-edge/backstage-plugin-res-edge-node';
import { DeliveredFleet } from './DeliveredFleet';

/** What Flux would have on a cluster of a fleet; no stand-in for a value of the cluster is left in it. */
export async function builtCluster(
  builder: ManifestBuilder,
  fleet: DeliveredFleet,
  name: string,
) {
  const tree = fleet.treeOf(name);
  const { bill, kustomizations } = await buildAsFlux(builder, tree, name);
  const text = JSON.stringify([bill, [...kustomizations]]);
  expect(text).not.toContain('resedgedummy');
  expect(text).not.toContain('19000000');
  return { bill, kustomizations, names: [...kustomizations.keys()].sort() };
}
