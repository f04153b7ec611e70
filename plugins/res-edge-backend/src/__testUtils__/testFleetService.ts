import { Fleet, FleetView } from '../service/FleetView';
import { testOutlook } from './testOutlook';
import { testForeseenRollout } from './testForeseenRollout';
import { testDrift, testGuard } from './testRecords';

/** The automation as the API asks it, at rest; it takes what is asked for and does nothing. @internal */
export function testFleetService(view: FleetView): Fleet {
  return {
    view: () => view,
    deliveryStatus: () => ({ shards: 1, clusters: 1, state: 'delivered' }),
    whatIf: async () => testOutlook(view),
    simulateRollout: async ({ application }) =>
      testForeseenRollout(application),
    contentWorld: async () => undefined,
    requestRun: async () => {},
    mergeChangeRequest: async () => {
      throw new Error('No merge was meant here');
    },
    changeRequestFiles: async () => [],
    listDrift: async () => [testDrift],
    getDrift: async () => ({ ...testDrift, files: [] }),
    settleDrift: async () => {},
    listGuards: () => [testGuard],
    signOffGuard: async () => {},
    commandRollout: async () => {},
  };
}
