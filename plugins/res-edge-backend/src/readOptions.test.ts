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
    });
  });

  it('reads what is configured', () => {
    const config = new ConfigReader({
      resEdge: {
        schedule: { frequency: { hours: 1 } },
        inventory: { sweep: '30s', delay: { seconds: 1 }, allowEmpty: true },
        plans: { retention: 5 },
      },
    });
    expect(readOptions(config)).toEqual({
      frequency: { hours: 1 },
      sweep: { seconds: 30 },
      delay: 1000,
      allowEmpty: true,
      retention: 5,
    });
  });

  it.each([0, -1, 1.5])('refuses to keep %p plans', retention => {
    const config = new ConfigReader({ resEdge: { plans: { retention } } });
    expect(() => readOptions(config)).toThrow(/^resEdge.plans.retention: /);
  });
});
