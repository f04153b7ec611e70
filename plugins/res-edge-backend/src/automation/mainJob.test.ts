import { TestDatabases } from '@backstage/backend-test-utils';
import { LabsFolder } from './__testUtils__/LabsFolder';
import { TestFleet } from './__testUtils__/TestFleet';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

jest.setTimeout(120_000);

describe.each(databases.eachSupportedId())(
  'the main job on the labs fleet, %s',
  databaseId => {
    let labs: LabsFolder;

    beforeEach(async () => {
      labs = await LabsFolder.create(databases, databaseId);
    });

    afterEach(() => labs.remove());

    const open = (direct: string[]) => labs.open({ direct });

    /** What changed on a branch between two commits. */
    async function changed(
      fleet: TestFleet,
      from: string,
      branch: string,
    ): Promise<string[]> {
      const to = await fleet.repository.resolve(branch);
      return (await fleet.repository.diff(from, to!)).map(file => file.path);
    }

    it('delivers what is decided, and nothing when nothing changed', async () => {
      const fleet = await open(['*']);
      await fleet.sync();

      const view = fleet.automation.view()!;
      expect(view.problems).toEqual([]);
      expect(view.snapshot.size).toBe(18);
      for (const [name, { placed }] of view.plan.applications) {
        for (const cluster of view.snapshot.clusters) {
          const number = view.snapshot.numberOf(cluster.metadata.name)!;
          const delivered = view.delivered.version(cluster.metadata.name, name);
          expect([
            name,
            cluster.metadata.name,
            delivered !== undefined,
          ]).toEqual([name, cluster.metadata.name, placed.has(number)]);
        }
      }
      const main = await fleet.repository.resolve('main');
      const delivery = await fleet.repository.branches('delivery/');

      await fleet.sync();
      const again = await open(['*']);
      await again.sync();
      expect(await again.repository.resolve('main')).toBe(main);
      expect(await again.repository.branches('delivery/')).toEqual(delivery);
    });

    it('delivers a cluster that moves, and changes no other', async () => {
      const fleet = await open(['*']);
      await fleet.sync();
      const main = (await fleet.repository.resolve('main'))!;
      const before = (await fleet.repository.resolve('delivery/shard-001'))!;

      await labs.replace(
        'clusters.yaml',
        'groups: [stores.west.wa.sea, pilot]',
        'groups: [stores.west.ca.sd]',
      );
      await fleet.sync();

      const paths = await changed(fleet, before, 'delivery/shard-001');
      expect(paths.length).toBeGreaterThan(0);
      expect(
        paths.filter(name => !name.startsWith('clusters/west-wa-sea-2301/')),
      ).toEqual([]);
      const onMain = await changed(fleet, main, 'main');
      expect(
        onMain.filter(name => !name.endsWith('targets.lock.yaml')),
      ).toEqual([]);
    });

    it('proposes what people decide, one intent each; merging one leaves the other mergeable', async () => {
      await (await open(['*'])).sync();
      const fleet = await open([]);
      await fleet.sync();
      const { changeRequests, plans } = fleet.stores;
      expect(await changeRequests.listOpen()).toEqual([]);

      await labs.replace(
        'applications.yaml',
        'version: 0.9.2',
        'version: 0.9.3',
      );
      await labs.replace(
        'applications.yaml',
        "pageSize: '100'",
        "pageSize: '50'",
      );
      await fleet.sync();

      const open_ = await changeRequests.listOpen();
      expect(open_.map(request => request.intent).sort()).toEqual([
        'edgeapplication:default/dogs-cats',
        'edgeapplication:default/imdb',
      ]);
      const votes = open_.find(request =>
        request.intent.endsWith('dogs-cats'),
      )!;
      const movies = open_.find(request => request.intent.endsWith('imdb'))!;
      const files = await fleet.automation.changeRequestFiles(votes.id);
      expect(files.map(file => file.path)).toContain(
        'apps/dogs-cats/release.yaml',
      );
      expect(
        files.filter(
          file =>
            !/^apps\/dogs-cats\/(release\.yaml|versions\/0\.9\.3\/.*)$/.test(
              file.path,
            ),
        ),
      ).toEqual([]);
      const plan = await plans.get(votes.planId!);
      expect(plan.effects).toEqual([
        expect.objectContaining({
          kind: 'application',
          name: 'dogs-cats',
          version: { from: '0.9.2', to: '0.9.3' },
          won: expect.objectContaining({ count: 0 }),
          lost: expect.objectContaining({ count: 0 }),
          changed: expect.objectContaining({
            count: fleet.automation
              .view()!
              .delivered.applicationClusters('dogs-cats'),
          }),
        }),
      ]);

      const before = (await fleet.repository.resolve('delivery/shard-001'))!;
      await expect(
        fleet.automation.mergeChangeRequest(
          votes.id,
          'another',
          'user:default/ann',
        ),
      ).rejects.toThrow('changed meanwhile');
      const merged = await fleet.automation.mergeChangeRequest(
        votes.id,
        votes.digest,
        'user:default/ann',
      );
      expect(merged).toMatchObject({
        state: 'merged',
        mergedBy: 'user:default/ann',
      });
      await fleet.automation.run('test');

      expect(await fleet.read('main', 'apps/dogs-cats/release.yaml')).toContain(
        '0.9.3',
      );
      expect(await fleet.read('main', 'apps/imdb/release.yaml')).not.toContain(
        "'50'",
      );
      const delivered = await changed(fleet, before, 'delivery/shard-001');
      expect(
        delivered.filter(
          name =>
            !/^(apps\/dogs-cats\/revisions\/|clusters\/[^/]+\/kustomization\.yaml|\.res-edge\/unreferenced\.yaml)/.test(
              name,
            ),
        ),
      ).toEqual([]);
      const [head] = await fleet.repository.log('main', { limit: 1 });
      expect(JSON.stringify(head)).toContain('user:default/ann');

      expect(
        (await fleet.automation.changeRequestFiles(votes.id)).map(
          file => file.path,
        ),
      ).toEqual(files.map(file => file.path));

      const left = await changeRequests.listOpen();
      expect(left.map(request => request.id)).toEqual([movies.id]);
      expect(left[0]).toMatchObject({
        digest: movies.digest,
        branch: movies.branch,
        headCommit: movies.headCommit,
      });
      await fleet.automation.mergeChangeRequest(
        movies.id,
        movies.digest,
        'user:default/ann',
      );
      await fleet.automation.run('test');
      expect(await fleet.read('main', 'apps/imdb/release.yaml')).toContain(
        '50',
      );
      expect(await changeRequests.listOpen()).toEqual([]);
    });

    it('shows what a narrower selector loses, and takes it away after the merge', async () => {
      await (await open(['*'])).sync();
      const fleet = await open([]);
      await fleet.sync();
      const before = fleet.automation
        .view()!
        .delivered.applicationClusters('imdb');
      await labs.edit('namespaces.yaml', namespaces =>
        namespaces
          .split(/^---$/m)
          .map(text =>
            /name: imdb\b/.test(text)
              ? text.replace(
                  /selector:[^]*?(?=\n {2}[a-z])/,
                  'selector: { groups: [stores.west] }',
                )
              : text,
          )
          .join('---'),
      );
      await fleet.sync();

      const [request] = await fleet.stores.changeRequests.listOpen();
      expect(request.intent).toBe('edgenamespace:default/imdb');
      const plan = await fleet.stores.plans.get(request.planId!);
      const effect = plan.effects.find(
        ({ kind, name }) => kind === 'application' && name === 'imdb',
      )!;
      expect(effect.lost.count).toBe(before - 6);
      expect(effect.won.count).toBe(0);

      await fleet.automation.mergeChangeRequest(
        request.id,
        request.digest,
        'user:default/ann',
      );
      await fleet.automation.run('test');
      expect(
        fleet.automation.view()!.delivered.applicationClusters('imdb'),
      ).toBe(6);
    });

    it('merges nothing that others put on the branch of a change request', async () => {
      await (await open(['*'])).sync();
      const fleet = await open([]);
      await labs.replace(
        'applications.yaml',
        "pageSize: '100'",
        "pageSize: '50'",
      );
      await fleet.sync();
      const [request] = await fleet.stores.changeRequests.listOpen();
      await fleet.repository.commit({
        branch: request.branch,
        parent: request.headCommit,
        author: { name: 'Eve', email: 'eve@example.org' },
        message: 'More\n',
        changes: [{ path: 'apps/imdb/extra.yaml', content: 'a: 1\n' }],
      });
      const { id, digest } = request;
      await expect(
        fleet.automation.mergeChangeRequest(id, digest, 'user:default/ann'),
      ).rejects.toThrow(request.branch);

      await labs.replace(
        'clusters.yaml',
        'title: Seattle 2302',
        'title: Seattle',
      );
      await fleet.sync();
      await fleet.automation.mergeChangeRequest(id, digest, 'user:default/ann');
      expect(await fleet.read('main', 'apps/imdb/release.yaml')).toContain(
        '50',
      );
      expect(await fleet.read('main', 'apps/imdb/extra.yaml')).toBeUndefined();
    });

    it('takes back a change request that nobody asks for any more', async () => {
      await (await open(['*'])).sync();
      const fleet = await open([]);
      await labs.replace(
        'applications.yaml',
        "pageSize: '100'",
        "pageSize: '50'",
      );
      await fleet.sync();
      const [request] = await fleet.stores.changeRequests.listOpen();
      expect(await fleet.repository.resolve(request.branch)).toBeDefined();

      await labs.replace(
        'applications.yaml',
        "pageSize: '50'",
        "pageSize: '100'",
      );
      await fleet.sync();
      expect(await fleet.stores.changeRequests.get(request.id)).toMatchObject({
        state: 'superseded',
      });
      expect(await fleet.repository.resolve(request.branch)).toBeUndefined();
    });

    it('shows an empty fleet before anything is registered, and writes nothing for it', async () => {
      const fleet = await open(['*']);
      await fleet.automation.run('test');
      expect(fleet.automation.view()).toMatchObject({
        problems: [],
        snapshot: { size: 0 },
      });
      expect(await fleet.repository.branches('delivery/')).toEqual(new Map());
    });

    it('reports what is wrong on its entity, and goes on with the rest', async () => {
      const fleet = await open(['*']);
      await fleet.sync();
      await labs.replace(
        'applications.yaml',
        'source: { path: ./apps/imdb }',
        'source: { path: ./apps/nowhere }',
      );
      await labs.replace(
        'clusters.yaml',
        'groups: [stores.west.wa.sea, pilot]',
        'groups: [stores.west.wa.sea, unknown-group]',
      );
      await labs.replace(
        'applications.yaml',
        "nodePort: '30081'",
        "nodePort: '30091'",
      );
      await fleet.sync();

      const view = fleet.automation.view()!;
      const entities = view.problems.map(problem => problem.entity);
      expect(entities).toContain('edgeapplication:default/imdb');
      expect(entities).toContain('edgecluster:default/west-wa-sea-2301');
      expect(await fleet.read('main', 'apps/dogs-cats/release.yaml')).toContain(
        '30091',
      );
      expect(view.delivered.applicationClusters('imdb')).toBeGreaterThan(0);
    });
  },
);
