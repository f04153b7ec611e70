import { TestDatabases } from '@backstage/backend-test-utils';
import { RolloutLabs } from './__testUtils__/RolloutLabs';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const STAYS = 'central-la-nola-2301';
const LEAVES = 'east-ga-atl-2301';
const MOVES_BACK = 'west-ca-sd-2301';
const MOVES_FORTH = 'central-la-nola-2303';
const RINGS = `
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: store-rings }
spec:
  type: rollout
  rings:
    - { name: beta, clusters: { matchLabels: { ring: beta } }, atOnce: 100%, soak: 2h }
    - { name: pilot, clusters: { matchLabels: { ring: pilot } }, atOnce: 100% }
    - { name: prod, clusters: { all: true }, atOnce: 100% }
`;

jest.setTimeout(240_000);

describe('clusters that leave and change ring', () => {
  let labs: RolloutLabs;

  beforeEach(async () => {
    labs = await RolloutLabs.create(databases);
    await labs.write('rings.yaml', RINGS);
    await labs.fleet.sync();
  });

  afterEach(() => labs.remove());

  const setRing = (cluster: string, ring: string) =>
    labs.edit('clusters.yaml', text =>
      text.replace(
        new RegExp(`(name: ${cluster}\\n[^]*?ring: )\\w+`),
        (_, before) => `${before}${ring}`,
      ),
    );

  it('get what their ring has; the rollout goes on, and ends (demand 15)', async () => {
    await labs.release('1.0.99');
    expect(labs.having('1.0.99')).toEqual([STAYS, LEAVES, MOVES_BACK]);
    const { id } = await labs.latest();
    await labs.edit('clusters.yaml', text =>
      text
        .split('---\n')
        .filter(part => !part.includes(`name: ${LEAVES}\n`))
        .join('---\n'),
    );
    await setRing(MOVES_BACK, 'prod');
    await setRing(MOVES_FORTH, 'beta');
    await labs.fleet.sync();
    expect(labs.having('1.0.99')).toEqual([STAYS, MOVES_FORTH]);
    const [beta] = await labs.shown();
    expect(beta.progress).toMatchObject({ clusters: 2, rolling: 2, needed: 2 });
    for (const hours of [0, 2, 0, 0]) {
      labs.report('healthy');
      await labs.run(hours);
    }
    const { id: same, rollout } = await labs.latest();
    expect(same).toBe(id);
    expect(rollout.phase).toBe('done');
    const all = labs.entries().map(([cluster]) => cluster);
    expect(all).not.toContain(LEAVES);
    expect(labs.having('1.0.99')).toEqual(all.sort());
  });
});
