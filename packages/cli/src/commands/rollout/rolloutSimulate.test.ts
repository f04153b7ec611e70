import { RolloutSimulation } from '@res-edge/backstage-plugin-res-edge-common';
import { resedge } from '../../__testUtils__/resedge';
import { TestFolder } from '../../__testUtils__/TestFolder';
import { TestServer } from '../../__testUtils__/TestServer';

const FROM = '2026-11-25T08:00:00.000Z';

const RINGS = `
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: store-rings }
spec:
  type: rollout
  rings:
    - { name: beta, clusters: { include: [central-tx-atx-2301] }, soak: 2h }
    - { name: prod, clusters: { all: true }, atOnce: 100%, approval: true }
`;

function fleetWithRings(): TestFolder {
  const fleet = TestFolder.labs();
  fleet.write('rings.yaml', RINGS);
  const text = fleet.read('applications.yaml');
  fleet.write(
    'applications.yaml',
    text.replace(
      /(name: imdb\n[^]*?)( +)(version: )/,
      '$1$2rollout: store-rings\n$2$3',
    ),
  );
  return fleet;
}

const at = (hours: number) =>
  new Date(Date.parse(FROM) + hours * 3_600_000).toISOString();

describe('resedge rollout simulate', () => {
  const simulate = (...args: string[]) =>
    resedge('rollout', 'simulate', ...args);

  it('plays a rollout on the entities of a folder', async () => {
    const fleet = fleetWithRings();
    const call = [fleet.path, 'imdb', '--release', '9.9.9', '--from', FROM];
    const waits = await simulate(...call, '-o', 'json');
    expect([waits.status, waits.stderr]).toEqual([0, '']);
    expect(waits.json()).toMatchObject({
      ...{
        application: 'imdb',
        version: '9.9.9',
        phase: 'running',
        from: FROM,
      },
      waitsFor: "Ring 'prod' waits until a person says that it may begin",
      rings: [
        { name: 'beta', clusters: 1, phase: 'done', startsAt: FROM },
        { name: 'prod', phase: 'waiting' },
      ],
    });
    const agreed = [...call, '--approve-after', '30'];
    const done: RolloutSimulation = (
      await simulate(...agreed, '-o', 'json')
    ).json();
    const [beta, prod] = done.rings;
    // Ten minutes until it reports, two hours of soak, half an hour until somebody agrees.
    expect(beta.endsAt).toBe(at(2 + 1 / 6));
    expect([prod.startsAt, done.everywhereAt]).toEqual(
      Array(2).fill(at(2 + 4 / 6)),
    );
    const { stdout } = await simulate(...agreed);
    const lines = stdout.split('\n').map(line => line.split(/ +/).join(' '));
    expect(lines).toContain(
      `imdb 9.9.9 from ${FROM}: done, played until ${done.until}`,
    );
    expect(lines).toContain('AT beta prod DEFERRED FAILED');
    expect(lines).toContain(`${at(3)} 1 ${prod.clusters} 0 0`);
  });

  it('plays content of a namespace', async () => {
    const fleet = fleetWithRings();
    fleet.write(
      'namespaces.yaml',
      fleet
        .read('namespaces.yaml')
        .replace(
          /(name: imdb\n[^]*?\n)( {2}owner: )/,
          '$1  rollout: store-rings\n$2',
        ),
    );
    const call = [fleet.path, 'namespaces/imdb', '--from', FROM];
    const answer = await simulate(
      ...call,
      '--approve-after',
      '30',
      '-o',
      'json',
    );
    expect(answer.json()).toMatchObject({
      ...{ application: 'namespaces/imdb', version: 'next', phase: 'done' },
      rings: [
        { name: 'beta', clusters: 1, startsAt: FROM, endsAt: at(2 + 1 / 6) },
        { name: 'prod', startsAt: at(2 + 4 / 6) },
      ],
    });
    const refused = await simulate(...call, '--release', '2');
    expect([refused.status, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain('content of a namespace has no version');
    const missing = await simulate(fleet.path, 'namespaces/mars');
    expect(missing.stderr).toContain("there is no namespace 'mars'");
  });

  it('plays content of a group', async () => {
    const fleet = fleetWithRings();
    fleet.write(
      'groups.yaml',
      fleet
        .read('groups.yaml')
        .replace(/(name: stores, [^]*?spec:\n)/, '$1  rollout: store-rings\n'),
    );
    const call = [fleet.path, 'groups/stores', '--from', FROM];
    const answer = await simulate(
      ...[...call, '--approve-after', '30', '-o', 'json'],
    );
    expect(answer.json()).toMatchObject({
      ...{ application: 'groups/stores', version: 'next', phase: 'done' },
      rings: [
        { name: 'beta', clusters: 1, startsAt: FROM, endsAt: at(2 + 1 / 6) },
        { name: 'prod', startsAt: at(2 + 4 / 6) },
      ],
    });
    const refused = await simulate(...call, '--release', '2');
    expect([refused.status, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain('content of a group has no version');
    const missing = await simulate(fleet.path, 'groups/mars');
    expect(missing.stderr).toContain("there is no group 'mars'");
  });

  it('ends with 1 where it stops', async () => {
    const { status, stdout } = await simulate(
      ...[fleetWithRings().path, 'imdb', '--failed', '1'],
    );
    expect(status).toBe(1);
    expect(stdout).toContain(
      "It is stopped: 1 clusters of ring 'beta' have failed; 0 may",
    );
  });

  it.each([
    [['--days', '32'], '--days: 32 are too many; at most 31'],
    [['--from', 'soon'], "--from: 'soon' is no time"],
    [['--failed', '2'], 'It must be a number from 0 to 1'],
    [['-f', 'x.yaml'], '-f is for a server'],
  ])('refuses %j', async (options, message) => {
    const { path } = fleetWithRings();
    const answer = await simulate(path, 'imdb', ...options);
    expect([answer.status, answer.stdout]).toEqual([2, '']);
    expect(answer.stderr).toContain(message);
  });

  it('says which application is not there', async () => {
    const fleet = fleetWithRings();
    const unknown = await simulate(fleet.path, 'nothing');
    expect(unknown.status).toBe(2);
    expect(unknown.stderr).toContain("there is no application 'nothing'");
  });

  it('asks a server, with the entities of files', async () => {
    const answer: RolloutSimulation = {
      ...{
        application: 'imdb',
        version: 'next\u001b[2J',
        phase: 'rolled-back',
      },
      ...{ from: FROM, until: at(1), clusters: 1, moves: [] },
      rings: [{ name: 'beta', clusters: 1, phase: 'rolling' }],
      hours: [],
    };
    const server = await TestServer.create(() => ({ body: answer }));
    const files = TestFolder.create({ 'rings.yaml': RINGS });
    const call = ['imdb', '-f', files.path, '--server', server.url];
    const { status, stdout } = await simulate(...call, '--days', '3');
    expect(status).toBe(1);
    expect(stdout).toContain('next\\u001b[2J from');
    const [{ method, path, body }] = server.requests;
    expect([method, path]).toEqual([
      'POST',
      '/api/res-edge/v1/rollouts:simulate',
    ]);
    expect(JSON.parse(body)).toMatchObject({
      ...{ application: 'imdb', days: 3, assume: {} },
      mutations: [
        { action: 'apply', entity: { metadata: { name: 'store-rings' } } },
      ],
    });
  });
});
