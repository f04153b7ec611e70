import { ConfigReader } from '@backstage/config';
import { readOptions } from './readOptions';

const LIMITS = {
  ...{ body: 10, batchBody: 20, batch: 30 },
  ...{ page: 100, expand: 50, depth: 5, selectorSteps: 60 },
};

describe('readOptions', () => {
  it('has a default for everything', () => {
    expect(readOptions(new ConfigReader({}))).toEqual({
      frequency: { minutes: 5 },
      lease: 20_000,
      sweep: { minutes: 1 },
      delay: 2000,
      allowEmpty: false,
      retention: 200,
      delivery: { history: 100, retention: 90 * 24 * 60 * 60 * 1000 },
      pull: { engine: 'flux', transport: 'git' },
      limits: {
        ...{ body: 1_000_000, batchBody: 200_000_000, batch: 100_000 },
        ...{ page: 1_000, expand: 200, depth: 64, selectorSteps: 4_000_000 },
      },
      auditRetention: 400 * 24 * 60 * 60 * 1000,
    });
  });

  it('reads what is configured', () => {
    const config = new ConfigReader({
      resEdge: {
        schedule: { frequency: { hours: 1 }, lease: '3s' },
        inventory: { sweep: '30s', delay: { seconds: 1 }, allowEmpty: true },
        plans: { retention: 5 },
        delivery: { history: 7, retention: { days: 1 }, gitops: 'argocd' },
        limits: LIMITS,
        audit: { retention: 'P2D' },
      },
    });
    expect(readOptions(config)).toEqual({
      frequency: { hours: 1 },
      lease: 3_000,
      sweep: { seconds: 30 },
      delay: 1000,
      allowEmpty: true,
      retention: 5,
      delivery: { history: 7, retention: 24 * 60 * 60 * 1000 },
      pull: { engine: 'argocd', transport: 'git' },
      limits: LIMITS,
      auditRetention: 2 * 24 * 60 * 60 * 1000,
    });
  });

  it.each([0, -1, 1.5])('refuses to keep %p plans', retention => {
    const config = new ConfigReader({ resEdge: { plans: { retention } } });
    expect(() => readOptions(config)).toThrow(/^resEdge.plans.retention: /);
  });

  it.each([
    [{ history: 0 }, 'history: 0'],
    [{ history: 1001 }, 'history: 1001'],
    [{ history: 2.5 }, 'history: 2.5'],
    [{ retention: { days: 0 } }, 'retention: '],
    [{ retention: { days: -1 } }, 'retention: '],
  ])('refuses %j of delivery branches', (delivery, message) => {
    const config = new ConfigReader({ resEdge: { delivery } });
    expect(() => readOptions(config)).toThrow(`resEdge.delivery.${message}`);
  });

  it.each([99, 1001])('refuses pages of %p items', page => {
    const config = new ConfigReader({ resEdge: { limits: { page } } });
    expect(() => readOptions(config)).toThrow(`resEdge.limits.page: ${page}`);
  });

  it('refuses a lease that no heart beats in', () => {
    const schedule = { lease: { milliseconds: 500 } };
    const config = new ConfigReader({ resEdge: { schedule } });
    expect(() => readOptions(config)).toThrow(/^resEdge.schedule.lease: /);
  });

  it.each(Object.keys(LIMITS))('refuses no %s at all', limit => {
    const config = new ConfigReader({ resEdge: { limits: { [limit]: 0 } } });
    expect(() => readOptions(config)).toThrow(`resEdge.limits.${limit}: 0`);
  });
});
