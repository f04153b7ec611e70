import { TestDatabases } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { groupSubject } from '@res-edge/backstage-plugin-res-edge-engine';
import { RolloutEtas } from '../service/RolloutEtas';
import { groupLabs, STORES } from './__testUtils__/groupLabs';
import { BETA, HOUR, PILOT, RolloutLabs } from './__testUtils__/RolloutLabs';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(300_000);

describe('simulations of values of groups', () => {
  let labs: RolloutLabs;
  const { edit, follow, report, clusters, having, through } = groupLabs(
    () => labs,
  );

  beforeEach(async () => {
    labs = await RolloutLabs.create(databases);
    await edit(text =>
      text.replace('channel: prod', 'channel: prod, receipt: short'),
    );
    await labs.fleet.sync();
  });

  afterEach(() => labs.remove());

  it('are played as they come: with their rings, and when nothing is held on a cluster any more', async () => {
    await follow('stores');
    await labs.fleet.sync();
    await through();
    const simulate = (application = STORES) =>
      labs.fleet.automation.simulateRollout({
        ...{ application, days: 7 },
        assume: { reportAfter: 5, failed: 0 },
      });
    const next = await simulate();
    expect(next.rollout).toMatchObject({ version: 'next', phase: 'done' });
    expect(next.rings.map(({ clusters: count }) => count)).toEqual([
      ...[BETA.length, PILOT.length, clusters().length - 5],
    ]);

    // It holds an application that reads nothing of the group.
    const end = new Date(labs.now + 3 * HOUR).toISOString();
    await labs.write(
      'freeze.yaml',
      `
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: sale }
spec:
  type: freeze
  clusters: { include: [${BETA[0]}] }
  applications: { names: [imdb] }
  start: '2026-11-25T00:00Z'
  end: '${end.slice(0, 16)}Z'
  reason: A sale
`,
    );
    await edit(text => text.replace('receipt: short', 'receipt: long'));
    await labs.fleet.sync();
    report('healthy');
    expect(await having('receipt="long"')).toEqual([BETA[1]]);
    const played = await simulate();
    const { rollout } = await labs.latest(STORES);
    expect(played.rollout.release).toBe(rollout.release);
    // With the step of a simulation, which is five minutes.
    const late = played.arrivalOn(BETA[0])!.getTime() - new Date(end).getTime();
    expect([0, HOUR / 12]).toContain(late);
    const etas = RolloutEtas.create(labs.fleet.automation);
    const times = (await etas.of([rollout])).get(STORES);
    const [expected, starts] = [
      times!.rings.get('pilot')!.startsAt!,
      played.rings[1].startsAt!,
    ].map(time => Date.parse(time));
    expect([0, HOUR / 12]).toContain(Math.abs(expected - starts));
    expect(times?.whole.endsAt).toBeDefined();
    await labs.run(3);
    expect(await having('receipt="long"')).toEqual(BETA);
    await expect(simulate(groupSubject('nothing'))).rejects.toThrow(
      NotFoundError,
    );
  });
});
