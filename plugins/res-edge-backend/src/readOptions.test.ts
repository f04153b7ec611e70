import { ConfigReader } from '@backstage/config';
import { readOptions } from './readOptions';

describe('readOptions', () => {
  it('has a default for everything', () => {
    expect(readOptions(new ConfigReader({}))).toEqual({
      frequency: { minutes: 5 },
      sweep: { minutes: 1 },
      delay: 2000,
      allowEmpty: false,
      retention: 200,
      delivery: { history: 100, retention: 90 * 24 * 60 * 60 * 1000 },
      engine: 'flux',
      limits: { body: 1_000_000, batchBody: 200_000_000, batch: 100_000 },
    });
  });

  it('reads what is configured', () => {
    const config = new ConfigReader({
      resEdge: {
        schedule: { frequency: { hours: 1 } },
        inventory: { sweep: '30s', delay: { seconds: 1 }, allowEmpty: true },
        plans: { retention: 5 },
        delivery: { history: 7, retention: { days: 1 }, gitops: 'argocd' },
        limits: { body: 10, batchBody: 20, batch: 30 },
      },
    });
    expect(readOptions(config)).toEqual({
      frequency: { hours: 1 },
      sweep: { seconds: 30 },
      delay: 1000,
      allowEmpty: true,
      retention: 5,
      delivery: { history: 7, retention: 24 * 60 * 60 * 1000 },
      engine: 'argocd',
      limits: { body: 10, batchBody: 20, batch: 30 },
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
    [{ gitops: 'fleet' }, "gitops: 'fleet' is unknown"],
  ])('refuses %j of delivery branches', (delivery, message) => {
    const config = new ConfigReader({ resEdge: { delivery } });
    expect(() => readOptions(config)).toThrow(`resEdge.delivery.${message}`);
  });

  it.each(['body', 'batchBody', 'batch'])('refuses no %s at all', limit => {
    const config = new ConfigReader({ resEdge: { limits: { [limit]: 0 } } });
    expect(() => readOptions(config)).toThrow(`resEdge.limits.${limit}: 0`);
  });
});
