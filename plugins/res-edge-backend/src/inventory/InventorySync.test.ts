import { mockServices } from '@backstage/backend-test-utils';
import { InventoryChange } from '../database';
import { InventorySync } from './InventorySync';

const unchanged: InventoryChange = {
  added: 0,
  changed: 0,
  removed: 0,
  conflicts: [],
  revision: 1,
};
const changed: InventoryChange = { ...unchanged, added: 1, revision: 2 };

function createSync() {
  const store = {
    replaceFromOrigin: jest.fn(
      async (_: unknown): Promise<InventoryChange> => unchanged,
    ),
  };
  const onChange = jest.fn();
  const logger = mockServices.logger.mock();
  const sync = InventorySync.create({
    catalog: { read: async () => [] },
    store,
    logger,
    onChange,
    delay: 100,
  });
  return { sync, store, onChange, logger };
}

describe('InventorySync', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('waits for a pause, gathers triggers into one sync, and tells of its change', async () => {
    const { sync, store, onChange } = createSync();
    store.replaceFromOrigin.mockResolvedValueOnce(changed);
    sync.trigger();
    await jest.advanceTimersByTimeAsync(60);
    sync.trigger();
    await jest.advanceTimersByTimeAsync(60);
    expect(store.replaceFromOrigin).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(40);
    expect(store.replaceFromOrigin).toHaveBeenCalledTimes(1);
    expect(onChange).toHaveBeenCalledWith(changed);
    // Once more, for what the catalog was still working on.
    await jest.advanceTimersByTimeAsync(10_000);
    expect(store.replaceFromOrigin).toHaveBeenCalledTimes(2);
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  it('does not wait for a pause for ever', async () => {
    const { sync, store } = createSync();
    store.replaceFromOrigin.mockResolvedValue(changed);
    for (let i = 0; i < 30; i++) {
      sync.trigger();
      await jest.advanceTimersByTimeAsync(50);
    }
    expect(store.replaceFromOrigin).toHaveBeenCalledTimes(1);
  });

  it('comes again where the catalog does not serve the change yet', async () => {
    const { sync, store, onChange } = createSync();
    store.replaceFromOrigin
      .mockResolvedValueOnce(unchanged)
      .mockResolvedValueOnce(changed);
    sync.trigger();
    await jest.advanceTimersByTimeAsync(100);
    expect(onChange).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(200);
    expect(onChange).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(store.replaceFromOrigin).toHaveBeenCalledTimes(3);
  });

  it('gives up after some time, and a new trigger does not wait for that', async () => {
    const { sync, store } = createSync();
    sync.trigger();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(store.replaceFromOrigin).toHaveBeenCalledTimes(4);

    sync.trigger();
    await jest.advanceTimersByTimeAsync(100);
    sync.trigger();
    await jest.advanceTimersByTimeAsync(100);
    expect(store.replaceFromOrigin).toHaveBeenCalledTimes(6);
  });

  it('never overlaps, and lets all that wait share the next one', async () => {
    const { sync, store } = createSync();
    const finish: ((change: InventoryChange) => void)[] = [];
    store.replaceFromOrigin.mockImplementation(
      () => new Promise(resolve => finish.push(resolve)),
    );
    const first = sync.sync();
    await jest.advanceTimersByTimeAsync(1);
    const second = sync.sync();
    const third = sync.sync();
    await jest.advanceTimersByTimeAsync(1);
    expect(finish).toHaveLength(1);
    finish[0](changed);
    await expect(first).resolves.toBe(changed);
    await jest.advanceTimersByTimeAsync(1);
    expect(finish).toHaveLength(2);
    finish[1](unchanged);
    await expect(Promise.all([second, third])).resolves.toEqual([
      unchanged,
      unchanged,
    ]);
    expect(finish).toHaveLength(2);
  });

  it('outlives an error', async () => {
    const { sync, store, logger, onChange } = createSync();
    store.replaceFromOrigin.mockRejectedValueOnce(new Error('empty'));
    sync.trigger();
    await jest.advanceTimersByTimeAsync(100);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('could not be read'),
      expect.objectContaining({ message: 'empty' }),
    );
    expect(onChange).not.toHaveBeenCalled();

    store.replaceFromOrigin.mockRejectedValueOnce(new Error('empty again'));
    await expect(sync.sync()).rejects.toThrow('empty again');
    await expect(sync.sync()).resolves.toBe(unchanged);
  });

  it('does nothing after it was stopped', async () => {
    const { sync, store } = createSync();
    sync.trigger();
    await sync.stop();
    sync.trigger();
    await jest.advanceTimersByTimeAsync(1000);
    expect(store.replaceFromOrigin).not.toHaveBeenCalled();
  });
});
