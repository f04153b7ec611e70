import { entity, policySpecs } from './__testUtils__/samples';
import { validateEdgeEntity } from './validateEdgeEntity';

const gate = (fields: object) => ({
  type: 'rollout',
  rings: [
    {
      name: 'beta',
      clusters: { all: true },
      gates: [{ name: 'one', ...fields }],
    },
  ],
});

describe('validateEdgeEntity', () => {
  it('accepts an override that pins a version', () => {
    const { lifts, ...spec } = policySpecs.override;
    const pin = entity('EdgePolicy');
    expect(
      validateEdgeEntity({
        ...pin,
        spec: { ...spec, pins: { version: '1.4.1' } },
      }),
    ).toBeDefined();
  });

  it('wants the name of one policy by which the content of a group rolls out', () => {
    const group = entity('EdgeGroup');
    const rollout = ['store-rings'];
    expect(() =>
      validateEdgeEntity({ ...group, spec: { ...group.spec, rollout } }),
    ).toThrow(
      'spec.rollout: must be a DNS-1123 subdomain: at most 63 of a-z, 0-9, "-" and ".", a letter or digit first and last in each part, got a list of 1',
    );
  });

  it.each<[object, string]>([
    [
      { ...policySpecs.override, pins: { version: '1.4.1' } },
      'spec: must be either lifts, or pins with applications, got a mapping',
    ],
    [
      {
        ...{ type: 'override', reason: 'x', pins: { version: '1.4.1' } },
        ...{ clusters: { all: true }, end: '2026-12-01T00:00' },
      },
      'spec: must be either lifts, or pins with applications, got a mapping',
    ],
    [
      { ...policySpecs.freeze, start: 'tomorrow' },
      'spec.start: must be a time in quotes such as "2026-11-26T00:00", or with an offset such as "2026-11-26T00:00-05:00", got "tomorrow"',
    ],
    [
      { ...policySpecs.window, allow: [{ cron: '0 2 * * *' }] },
      'spec.allow[0]: must be a period: either hours, or cron with a duration, or rrule with a duration, got a mapping',
    ],
    [
      {
        type: 'rollout',
        rings: [{ name: 'beta', clusters: { all: true }, atOnce: '101%' }],
      },
      'spec.rings[0].atOnce: must be a whole number from 1, or a share in quotes such as "5%", got "101%"',
    ],
    [
      gate({ type: 'health', threshold: 98 }),
      'spec.rings[0].gates[0].threshold: must be a share in quotes such as "98%", got 98',
    ],
    [
      gate({
        ...{ type: 'prometheus', url: 'http://169.254.169.254' },
        ...{ server: 'fleet', query: 'up', operator: '>', threshold: 0 },
      }),
      'spec.rings[0].gates[0].url: unknown field; allowed are name, for, timeout, onNoData, type, server, query, operator, threshold',
    ],
    [gate({ type: 'webhook' }), 'spec.rings[0].gates[0].webhook: is required'],
    [
      gate({ type: 'desk', operator: '<' }),
      'spec.rings[0].gates[0]: must be a gate with both operator and threshold, or with neither, got a mapping',
    ],
    [
      gate({ type: 'desk', query: 'up' }),
      'spec.rings[0].gates[0].query: unknown field; allowed are name, for, timeout, onNoData, type, operator, threshold, parameters',
    ],
    [
      { type: 'window', minimum: '1h' },
      'spec: must be a window with allow, deny or both, got a mapping',
    ],
  ])('refuses the policy %j', (spec, message) => {
    const policy = { ...entity('EdgePolicy'), spec };
    expect(() => validateEdgeEntity(policy)).toThrow(new Error(message));
  });
});
