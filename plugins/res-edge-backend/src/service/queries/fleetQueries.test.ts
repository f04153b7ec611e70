import { createTestFleet } from '../../__testUtils__';
import { summarizeFleet } from './fleetQueries';

const fleet = createTestFleet();

describe('fleet', () => {
  it('is summed up', () => {
    const delivery = { shards: 1, clusters: 1, state: 'delivered' as const };
    expect(summarizeFleet(fleet, { openChangeRequests: 2, delivery })).toEqual({
      clusters: {
        total: 5,
        byState: { active: 3, draining: 1, retired: 1 },
      },
      groups: 7,
      namespaces: 2,
      applications: 3,
      policies: 1,
      placements: { placed: 5, refused: 1, held: 1 },
      problems: 2,
      openChangeRequests: 2,
      plan: undefined,
      delivery,
    });
  });
});
