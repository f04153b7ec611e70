import { mockServices } from '@backstage/backend-test-utils';
import { StatusStore } from '../database';
import { FleetView } from '../service/FleetView';
import { FleetStatus, ReportListener, statusSubjectsOf } from '../status';
import { createTestView } from './testFleet';

/** When the test fleet reports. @internal */
export const TEST_STATUS_NOW = Date.parse('2026-11-20T12:00:00Z');

const silentStore: StatusStore = {
  // eslint-disable-next-line no-empty-function
  async *read() {},
  revision: async () => 0,
  changesOfOthers: async () => ({ revision: 0, heartbeats: [], reports: [] }),
  write: async () => {},
  readAwaited: async () => new Map(),
  writeAwaited: async () => {},
  expire: async () => [],
};

/** What the test fleet reports: at first nothing. @internal */
export function createTestStatus(
  options: {
    store?: StatusStore;
    now?: () => number;
    view?: FleetView;
    onNews?: ReportListener;
  } = {},
): FleetStatus {
  const view = options.view ?? createTestView();
  return FleetStatus.create({
    store: options.store ?? silentStore,
    subjects: () => statusSubjectsOf(view),
    limits: { staleAfter: 30 * 60_000, offlineAfter: 120 * 60_000 },
    logger: mockServices.rootLogger({ level: 'none' }),
    onNews: options.onNews,
    now: options.now ?? (() => TEST_STATUS_NOW),
  });
}
