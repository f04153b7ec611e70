import { TestDatabases } from '@backstage/backend-test-utils';
import { BETA, PILOT, RolloutLabs } from './__testUtils__/RolloutLabs';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const [LACKING, ...OTHERS] = PILOT;

jest.setTimeout(240_000);

describe('a cluster to which a release cannot be delivered', () => {
  let labs: RolloutLabs;

  beforeEach(async () => {
    labs = await RolloutLabs.create(databases);
  });

  afterEach(() => labs.remove());

  const setNumber = async (from: string, to: string) => {
    await labs.edit('clusters.yaml', text =>
      text.replace(
        new RegExp(`(name: ${LACKING}\\n[^]*?)${from}`),
        (_, before) => `${before}${to}`,
      ),
    );
    await labs.fleet.sync();
  };

  it('takes no place of its ring, counts for nothing, and gets it once it can', async () => {
    await setNumber(", storeNumber: '2301'", '');
    await labs.release('1.0.99');
    labs.report('healthy');
    await labs.run();
    labs.report('healthy');
    await labs.run(2);
    // One at once: the one that lacks a value is the first by its name.
    for (const count of [1, 2]) {
      const pilot = labs.having('1.0.99').filter(name => !BETA.includes(name));
      expect(pilot).toEqual(OTHERS.slice(0, count));
      const [, { progress }] = await labs.shown();
      expect(progress).toMatchObject({
        ...{ clusters: 3, undeliverable: 1, waiting: 2 - count, needed: 2 },
      });
      const { holding, problems, snapshot } = labs.fleet.automation.view()!;
      expect(
        holding.waiting('imdb', snapshot.numberOf(LACKING)!)?.reasons,
      ).toMatchObject([
        { reason: expect.stringContaining('cannot be delivered') },
      ]);
      expect(problems).toContainEqual(
        expect.objectContaining({
          entity: 'edgeapplication:default/imdb',
          message: expect.stringContaining(
            `cannot be delivered to 1 cluster (${LACKING})`,
          ),
        }),
      );
      labs.report('healthy');
      await labs.run();
    }
    const played = await labs.fleet.automation.simulateRollout({
      ...{ application: 'imdb', days: 1 },
      assume: { reportAfter: 5, failed: 0 },
    });
    expect(played.rollout.phase).toBe('done');
    expect(played.rings[1]).toMatchObject({ name: 'pilot', clusters: 2 });
    expect((await labs.shown()).map(({ phase }) => phase)).toEqual([
      ...['done', 'done', 'rolling'],
    ]);
    expect(labs.having('1.0.99')).not.toContain(LACKING);
    await setNumber(
      'posHost: 10.6.1.10',
      "posHost: 10.6.1.10, storeNumber: '2301'",
    );
    expect(labs.having('1.0.99')).toContain(LACKING);
  });
});
