import { entity, policySpecs } from './__testUtils__/samples';
import { validateEdgeEntity } from './validateEdgeEntity';

describe('validateEdgeEntity', () => {
  it.each<[object, string]>([
    [
      { ...policySpecs.freeze, start: 'tomorrow' },
      'spec.start: must be a time in quotes such as "2026-11-26T00:00", or with an offset such as "2026-11-26T00:00-05:00", got "tomorrow"',
    ],
    [
      { ...policySpecs.window, allow: [{ cron: '0 2 * * *' }] },
      'spec.allow[0]: must be a period: either hours, or cron with a duration, or rrule with a duration, got a mapping',
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
