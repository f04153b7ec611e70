import { DeliveryRenderer } from '@res-edge/backstage-plugin-res-edge-engine';
import { FleetOutlook } from '../service/FleetOutlook';
import { FleetView } from '../service/FleetView';

/** The outlook of writes that change nothing. @internal */
export function testOutlook(view: FleetView): FleetOutlook {
  const { plan, decisions, input } = view;
  const side = { plan, decisions, problems: [], guardProblems: [] };
  const delivery = {
    ...{ plan, decisions, main: new Map(), built: new Map() },
    ...{ shards: new Map(), delivered: new Map(), now: input.now },
  };
  return {
    view,
    before: side,
    after: side,
    intents: [],
    files: [],
    buildProblems: { before: [], after: [] },
    compareDeliveries: only =>
      DeliveryRenderer.create().compare(delivery, delivery, only),
  };
}
