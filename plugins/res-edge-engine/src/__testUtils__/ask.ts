import { EdgeClusterEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { decide } from '../decide';
import { explain } from '../explain';
import { Decisions } from '../model';
import { Snapshot } from '../snapshot';
import { group } from './build';

export const groups = [group('geo'), group('geo.us', 'geo')];

/** The explanation for one cluster, with its steps by name. */
export function ask(
  given: Decisions,
  entity: EdgeClusterEntity,
  name: string,
  baseline: string[] = [],
) {
  const snapshot = Snapshot.create({ clusters: [entity], groups });
  const input = {
    snapshot,
    decisions: given,
    baseline: {
      applications: new Map(
        baseline.map(item => [item, snapshot.bitmapOf([entity.metadata.name])]),
      ),
    },
    now: new Date(0),
  };
  const found = explain(input, decide(input), name, entity.metadata.name);
  return {
    ...found,
    step: Object.fromEntries(found.steps.map(item => [item.step, item])),
  };
}
