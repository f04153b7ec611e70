import { TestDatabases } from '@backstage/backend-test-utils';
import { LabsFolder } from './__testUtils__/LabsFolder';
import { TestFleet } from './__testUtils__/TestFleet';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(240_000);

describe('a replica that does not plan', () => {
  let labs: LabsFolder;

  beforeEach(async () => {
    labs = await LabsFolder.create(databases);
  });

  afterEach(() => labs.remove());

  const open = (direct: string[]) => labs.open({ direct });

  const answersOf = ({ automation }: TestFleet) => {
    const { revision, problems, planId, plan } = automation.view()!;
    return {
      ...{ revision, problems, planId },
      delivery: automation.deliveryStatus(),
      placed: [...plan.applications].map(([name, { placed }]) => [
        name,
        [...placed],
      ]),
      guards: automation.listGuards(),
    };
  };

  it('has nothing to say before somebody planned', async () => {
    const other = await open([]);
    await other.automation.follow();
    expect(other.automation.view()).toBeUndefined();
    expect(other.automation.deliveryStatus().state).toBe('never');
  });

  it('answers what the one that plans found, and lets people merge', async () => {
    await (await open(['*'])).sync();
    const planner = await open([]);
    const other = await open([]);
    await labs.edit('applications.yaml', text =>
      text
        .replace('version: 0.9.2', 'version: 0.9.3')
        // Its sources are nowhere: a problem that only a run can find.
        .replace('path: ./apps/heartbeat', 'path: ./apps/nowhere'),
    );
    await planner.sync();

    await other.automation.follow();
    expect(answersOf(other)).toEqual(answersOf(planner));
    expect(answersOf(other).problems).not.toEqual([]);

    const { state, plans, changeRequests } = other.stores;
    const [request] = await changeRequests.listOpen();
    expect(request.intent).toBe('edgeapplication:default/dogs-cats');
    await expect(plans.shownLosses(request.planId!)).resolves.toBeDefined();
    const before = await state.counters();
    await other.automation.mergeChangeRequest(
      request.id,
      request.digest,
      'user:default/ann',
    );
    const asked = await state.counters();
    expect(asked.requests).toBe(before.requests + 1);
    const reason = await planner.automation.requestReason();
    expect(reason).toBe(`merge of ${request.id}`);

    await planner.automation.run(reason!);
    const after = await state.counters();
    expect(after.findings).toBeGreaterThan(asked.findings);
    await other.automation.follow();
    expect(answersOf(other)).toEqual(answersOf(planner));
    const { delivered, plan, snapshot } = other.automation.view()!;
    const [number] = plan.applications.get('dogs-cats')!.placed;
    const cluster = snapshot.clusters[number].metadata.name;
    expect(delivered.version(cluster, 'dogs-cats')).toBe('0.9.3');
  });
});
