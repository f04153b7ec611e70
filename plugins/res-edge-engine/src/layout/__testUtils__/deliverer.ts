import { DeliveredShard } from '../../model';
import type { DeliveryInput } from '../delivery/DeliveryInput';
import { DeliveryRenderer } from '../delivery/DeliveryRenderer';
import { renderingInput, TestFleet } from './renderingInput';

/** Delivers one state of a fleet after the other, and says which clusters changed, and what is on cluster `one` of shard `s1`. */
export function deliverer() {
  let delivered: ReadonlyMap<string, DeliveredShard> = new Map();
  const renderer = DeliveryRenderer.create();
  return (
    wanted: TestFleet,
    adapt: (input: DeliveryInput) => DeliveryInput = input => input,
  ) => {
    const run = renderer.render(adapt(renderingInput(wanted, delivered)));
    const shards = [...run.shards];
    delivered = new Map([
      ...delivered,
      ...shards.map(shard => [shard.shard, shard.delivered] as const),
    ]);
    const one = delivered.get('s1')?.clusters.get('one');
    return {
      changed: shards.flatMap(({ clusters }) => clusters),
      bill: one?.bill.applications.map(
        ({ name, version }) => `${name} ${version}`,
      ),
      namespaces: one?.bill.namespaces.map(({ name }) => name),
      components: one?.bill.components.length,
      values: one?.values.match(/(?<=- ')[^']*/g),
      hash: [one?.billHash, one?.valuesHash],
      held: Object.fromEntries(run.held().applications),
      undeliverable: Object.fromEntries(run.undeliverable().applications),
      undeliverableGroups: Object.fromEntries(run.undeliverable().groups ?? []),
      problems: run.problems(),
    };
  };
}
