import { TestDatabases } from '@backstage/backend-test-utils';
import { LabsFleet } from './__testUtils__/LabsFleet';
import { TestFleet } from './__testUtils__/TestFleet';

const SHARD = 'delivery/shard-001';
const AUSTIN = 'central-tx-atx-2301';
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const PROHIBITION = `
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: recall }
spec:
  type: prohibition
  applications: { names: [imdb] }
  clusters: { include: [${AUSTIN}] }
  reason: Recalled
`;

jest.setTimeout(120_000);

describe('a draining cluster of the labs fleet', () => {
  let labs: LabsFleet;
  let fleet: TestFleet;

  beforeAll(async () => {
    labs = await LabsFleet.create(databases);
    fleet = labs.fleet;
    await fleet.sync();
  });

  afterAll(() => labs.remove());

  const setState = (from: string, to: string) =>
    labs.edit('clusters.yaml', text =>
      text
        .split(/^---$/m)
        .map(part =>
          part.includes(`name: ${AUSTIN}`)
            ? part.replace(`\nspec:\n${from}`, `\nspec:\n${to}`)
            : part,
        )
        .join('---'),
    );

  const bill = (cluster = AUSTIN) =>
    fleet.read(SHARD, `clusters/${cluster}/kustomization.yaml`);
  const values = () =>
    fleet.read(SHARD, `clusters/${AUSTIN}/values/kustomization.yaml`);

  it('keeps its folder byte for byte, but for what is prohibited; active again, it catches up (demand 7)', async () => {
    const before = [await bill(), await values()];
    await setState('', '  state: draining\n');
    await fleet.sync();
    await labs.edit('applications.yaml', text =>
      text.replace(/(name: imdb\n[^]*?version: )\S+/, '$11.0.99'),
    );
    await labs.edit('groups.yaml', text =>
      text.replace('Good food by the river', 'Good food by the lake'),
    );
    await labs.edit('namespaces.yaml', text =>
      text.replace(/(name: imdb\n[^]*?cpu: )[^,]+/, '$1"9"'),
    );
    await fleet.sync();
    expect([await bill(), await values()]).toEqual(before);
    expect(await bill('central-tx-atx-2302')).toMatch(/imdb\/.* # 1\.0\.99/);

    const { holding, snapshot } = fleet.automation.view()!;
    const austin = snapshot.numberOf(AUSTIN)!;
    expect([...holding.clusters('imdb')]).toEqual([austin]);
    expect(holding.waiting('imdb', austin)).toEqual({
      reasons: [
        {
          rule: `edgecluster:default/${AUSTIN}`,
          reason: 'The cluster is draining',
        },
      ],
    });

    await labs.write('recall.yaml', PROHIBITION);
    await fleet.sync();
    const entries = (text = '') =>
      text.split('\n').filter(line => line.startsWith('  - ../../'));
    expect(entries(await bill())).toEqual(
      entries(before[0]).filter(line => !line.includes('apps/imdb/')),
    );
    expect(await values()).toBe(before[1]);

    await labs.edit('recall.yaml', text =>
      text.replace(AUSTIN, 'west-wa-sea-2301'),
    );
    await setState('  state: draining\n', '');
    await fleet.sync();
    expect(await bill()).toMatch(/imdb\/.* # 1\.0\.99/);
    expect(await values()).toContain('Good food by the lake');
    expect(fleet.automation.view()!.problems).toEqual([]);
  });
});
