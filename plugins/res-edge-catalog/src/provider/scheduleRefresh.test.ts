import { mockServices } from '@backstage/backend-test-utils';
import { SchedulerServiceTaskInvocationDefinition } from '@backstage/backend-plugin-api';
import { scheduleRefresh } from './scheduleRefresh';

describe('scheduleRefresh', () => {
  it('refreshes as often as configured, and tells of a failure once', async () => {
    const scheduler = mockServices.scheduler.mock();
    const logger = mockServices.logger.mock();
    const provider = { refresh: jest.fn(async () => {}) };
    const config = mockServices.rootConfig({
      data: { catalog: { providers: { resEdge: { frequency: '1m' } } } },
    });
    await scheduleRefresh({ provider, config, scheduler, logger });
    expect(scheduler.scheduleTask).toHaveBeenCalledWith(
      expect.objectContaining({ scope: 'global', frequency: { minutes: 1 } }),
    );
    const [[{ fn }]] = scheduler.scheduleTask.mock.calls as unknown as [
      [SchedulerServiceTaskInvocationDefinition],
    ];
    const run = () => fn(new AbortController().signal);

    await run();
    expect(logger.warn).not.toHaveBeenCalled();
    provider.refresh.mockRejectedValue(new Error('down'));
    await run();
    await run();
    expect(logger.warn).toHaveBeenCalledTimes(1);
    provider.refresh.mockResolvedValueOnce(undefined);
    await run();
    await run();
    expect(logger.warn).toHaveBeenCalledTimes(2);
  });
});
