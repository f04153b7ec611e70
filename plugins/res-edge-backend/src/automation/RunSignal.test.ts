import { RunSignal } from './RunSignal';

describe('RunSignal', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('asks for a run soon, and for two a minute however often it is called', async () => {
    const run = jest.fn();
    const signal = RunSignal.create(run);
    signal.call();
    expect(signal.isPending).toBe(true);
    await jest.advanceTimersByTimeAsync(4_999);
    expect(run).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    expect(run).toHaveBeenCalledTimes(1);
    expect(signal.isPending).toBe(false);

    // A storm of five minutes.
    for (let tick = 0; tick < 3000; tick++) {
      signal.call();
      await jest.advanceTimersByTimeAsync(100);
    }
    expect(run).toHaveBeenCalledTimes(11);
  });

  it('asks for nothing once it is stopped', async () => {
    const run = jest.fn();
    const signal = RunSignal.create(run);
    signal.call();
    signal.stop();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(run).not.toHaveBeenCalled();
  });
});
