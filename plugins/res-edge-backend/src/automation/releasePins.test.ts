import { TestDatabases } from '@backstage/backend-test-utils';
import { BETA, PILOT, RolloutLabs } from './__testUtils__/RolloutLabs';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const PIN = (version: string) => `
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: imdb-stays }
spec:
  type: override
  pins: { version: ${version} }
  applications: { names: [imdb] }
  clusters: { include: [${BETA[0]}, ${PILOT[0]}] }
  end: '2026-12-01T00:00Z'
  reason: The new one waits for scanners
`;

jest.setTimeout(240_000);

describe('versions that an override pins, on the labs fleet', () => {
  let labs: RolloutLabs;

  beforeEach(async () => {
    labs = await RolloutLabs.create(databases);
  });

  afterEach(() => labs.remove());

  /** Registers it; a person has to merge it, wherever it is registered. */
  async function pin(version: string) {
    const { automation, stores } = labs.fleet;
    await labs.write('pin.yaml', PIN(version));
    await labs.fleet.sync();
    const [request] = await stores.changeRequests.listOpen();
    expect(request.intent).toBe('edgepolicy:default/imdb-stays');
    await automation.mergeChangeRequest(
      request.id,
      request.digest,
      'user:default/ada',
    );
    await automation.run('merge');
  }

  const problems = () =>
    labs.fleet.automation
      .view()!
      .plan.problems.filter(({ entity }) => entity.includes('imdb-stays'));

  it('leaves pinned clusters out of the rollout, and gives them what their rings have at the end', async () => {
    const old = labs.entries()[0][1].version!;
    await pin(old);
    await labs.release('1.0.99');
    expect(labs.having('1.0.99')).toEqual([BETA[1]]);
    const [beta, pilot] = await labs.shown();
    expect(beta.progress).toMatchObject({ clusters: 1, rolling: 1, pinned: 1 });
    expect(pilot.progress).toMatchObject({ clusters: 2, pinned: 1 });
    labs.report('healthy');
    // Its ring is done without the pinned one.
    for (let hour = 0; hour < 12; hour++) {
      await labs.run(1);
      labs.report('healthy');
    }
    expect((await labs.latest()).rollout.phase).toBe('done');
    expect(labs.having(old)).toEqual([BETA[0], PILOT[0]].sort());
    expect(problems()).toEqual([]);
    await labs.run(7 * 24);
    expect(labs.having(old)).toEqual([]);
  });

  it('brings clusters to a version that no ring has any more, as main captured it', async () => {
    const old = labs.entries()[0][1].version!;
    const all = labs.entries().length;
    for (const version of ['1.0.98', '1.0.99']) {
      await labs.release(version);
      for (let hour = 0; hour < 12; hour++) {
        labs.report('healthy');
        await labs.run(1);
      }
    }
    expect(labs.having('1.0.99')).toHaveLength(all);
    await pin(old);
    expect(labs.having(old)).toEqual([BETA[0], PILOT[0]].sort());
    expect(labs.having('1.0.99')).toHaveLength(all - 2);
  });

  it('cannot be merged for a version that main does not hold', async () => {
    await labs.write('pin.yaml', PIN('7.7.7'));
    await labs.fleet.sync();
    const [request] = await labs.fleet.stores.changeRequests.listOpen();
    expect(request).toMatchObject({
      intent: 'edgepolicy:default/imdb-stays',
      blocked:
        "spec.pins.version: main holds no version '7.7.7' of 'imdb'; nothing of it is pinned",
    });
  });
});
