import {
  EdgeApplicationEntity,
  EdgeClusterEntity,
  EdgeGroupEntity,
  EdgeNamespaceEntity,
  EdgePolicyEntity,
  Selector,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  comparePlans,
  DeliveryCounts,
  NO_CLUSTERS,
  parseBill,
  Plan,
  resolveClusterValues,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { Knex } from 'knex';
import assert from 'node:assert';
import fs from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { foresee } from './foresee';
import { createTestFleet, TestFleet } from './TestFleet';

/** Entities that a test changes in place. */
export interface TableEntities {
  clusters: EdgeClusterEntity[];
  groups: EdgeGroupEntity[];
  namespaces: EdgeNamespaceEntity[];
  applications: EdgeApplicationEntity[];
  policies: EdgePolicyEntity[];
}

/** A fleet, and what of it the rows of the table change. */
export interface TableFleet {
  entities: TableEntities;
  /** The folder that `./apps` of the applications is. */
  sources: string;
  /** Gets a new version; a copy of it is added to its namespace. */
  application: string;
  /** One of its values changes. */
  group: { name: string; key: string };
  /** Its selector is widened to this one, then narrowed. */
  namespace: { name: string; widened: Selector; narrowed: Selector };
  /** A copy of the first is added, changed, moved to where the second is, and removed. */
  clusters: [string, string];
}

/** Paths that changed on main and on the shard. */
export interface Touched {
  main: string[];
  delivery: string[];
}

const SHARD = 'delivery/shard-001';

/** A fleet with real git and kustomize, of which every file is counted that a change touches. */
export class ChangeTable {
  private constructor(
    readonly fleet: TestFleet,
    private readonly folder: string,
    private readonly entities: TableEntities,
    private readonly clock: { now: number; planned: number },
  ) {}

  /** @param folder - an empty one */
  static async create(
    { entities, sources }: TableFleet,
    folder: string,
    knex: Knex,
  ): Promise<ChangeTable> {
    const yamlFolder = path.join(folder, 'fleet');
    await fs.cp(sources, path.join(yamlFolder, 'apps'), { recursive: true });
    const start = Date.UTC(2026, 0, 1);
    const clock = { now: start, planned: start };
    const fleet = await createTestFleet({
      knex,
      yamlFolder,
      gitFolder: path.join(folder, 'gitops.git'),
      direct: ['*'],
      now: () => new Date(clock.now),
      // Guards count losses, too, and are tested elsewhere.
      guardAtLeast: 1_000,
    });
    const table = new ChangeTable(fleet, yamlFolder, entities, clock);
    await table.sync();
    return table;
  }

  /** Lets time go by. */
  wait(milliseconds: number): void {
    this.clock.now += milliseconds;
  }

  /**
   * Registers the entities as they are now, runs, and gives the paths that changed. What was foreseen of it is what came,
   * unless time went by.
   */
  async touched(): Promise<Touched> {
    const { problems, plan } = this.view();
    const before = await this.tips();
    await this.write();
    const foreseen = await foresee(this.fleet, this.folder);
    await this.fleet.sync();
    const after = await this.tips();
    const paths = async (index: number) =>
      (await this.fleet.repository.diff(before[index], after[index]!)).map(
        file => file.path,
      );
    // A change that is refused would touch few files, too.
    assert.deepStrictEqual(this.view().problems, problems);
    const touched = { main: await paths(0), delivery: await paths(1) };
    if (this.clock.now === this.clock.planned)
      assert.deepStrictEqual(
        {
          files: foreseen.files.map(file => file.path),
          delivery: foreseen.delivery,
          effects: foreseen.effects.filter(({ kind }) => kind !== 'group'),
          problems: foreseen.problems,
        },
        {
          files: touched.main,
          delivery: await this.deliveryCounts(before[1], touched.delivery),
          effects: comparePlans(plan, this.view().plan).map(effect => ({
            ...effect,
            held: NO_CLUSTERS,
            released: NO_CLUSTERS,
          })),
          problems: {
            arising: { count: 0, items: [] },
            going: { count: 0, items: [] },
          },
        },
      );
    this.clock.planned = this.clock.now;
    return touched;
  }

  /** Merges what asks for the next ring of an application, runs, and gives the paths that changed. */
  async promoted(application: string): Promise<Touched> {
    const { automation, stores } = this.fleet;
    // The ring before has to be done with it.
    await this.sync();
    const open = await stores.changeRequests.listOpen();
    const { id, digest } = open.find(({ intent }) =>
      intent.endsWith(`/${application}`),
    )!;
    const before = await this.tips();
    await automation.mergeChangeRequest(id, digest, 'user:default/ann');
    await this.sync();
    const after = await this.tips();
    const paths = async (index: number) =>
      (await this.fleet.repository.diff(before[index], after[index]!)).map(
        file => file.path,
      );
    return { main: await paths(0), delivery: await paths(1) };
  }

  /** The commits of main and of the shard. */
  async tips(): Promise<(string | undefined)[]> {
    const { repository } = this.fleet;
    return [await repository.resolve('main'), await repository.resolve(SHARD)];
  }

  view() {
    return this.fleet.automation.view()!;
  }

  clustersOf(application: string): string[] {
    const { snapshot, plan } = this.view();
    return snapshot.namesOf(plan.applications.get(application)!.placed);
  }

  /** Clusters that run something else than they did, or have other namespaces. */
  clustersThatDiffer(before: Plan): string[] {
    const { snapshot, plan } = this.view();
    const sets = (of: Plan) => [
      ...[...of.applications].map(
        ([name, { placed }]) => [name, placed] as const,
      ),
      ...[...of.namespaces].map(([name, set]) => [`/${name}`, set] as const),
    ];
    const then = new Map(sets(before));
    const differing = new Set<string>();
    for (const [name, now] of sets(plan)) {
      const old = then.get(name)!;
      for (const cluster of snapshot.namesOf(now.clone().andNot(old)))
        differing.add(cluster);
      for (const cluster of snapshot.namesOf(old.clone().andNot(now)))
        differing.add(cluster);
    }
    return [...differing].sort();
  }

  /** Clusters that have a value from this very group. */
  clustersWithValueOf(group: string, key: string): string[] {
    const { snapshot, decisions } = this.view();
    return snapshot.clusters
      .filter(({ spec }, number) => {
        const { values } = resolveClusterValues(snapshot, decisions, number);
        const found = values.find(value => value.key === key);
        return (
          (spec.state ?? 'active') === 'active' &&
          found?.origin === `edgegroup:default/${group}`
        );
      })
      .map(({ metadata }) => metadata.name);
  }

  /** The files of a version as main holds it. */
  async versionFiles(application: string, version: string): Promise<string[]> {
    const [main] = await this.tips();
    const folder = `apps/${application}/versions/${version}`;
    const files = await this.fleet.repository.list(main!, folder);
    return files.map(file => file.path).sort();
  }

  /** The files of an application's revisions that the bills of clusters name. */
  async revisionFiles(
    application: string,
    clusters: readonly string[],
  ): Promise<string[]> {
    const { repository } = this.fleet;
    const [, shard] = await this.tips();
    const folders = new Set<string>();
    for (const cluster of clusters) {
      const text = (await this.fleet.read(SHARD, bills([cluster])[0]))!;
      for (const { name, revision } of parseBill(cluster, text).applications) {
        if (name === application)
          folders.add(`apps/${name}/revisions/${revision}`);
      }
    }
    const lists = await Promise.all(
      [...folders].map(folder => repository.list(shard!, folder)),
    );
    return lists
      .flat()
      .map(file => file.path)
      .sort();
  }

  /** A file of the shard's branch. */
  async read(file: string): Promise<string | undefined> {
    return this.fleet.read(SHARD, file);
  }

  async readMain(file: string): Promise<string | undefined> {
    return this.fleet.read('main', file);
  }

  /** What the paths of a delivery mean; a revision counts where it was not there. */
  private async deliveryCounts(
    before: string | undefined,
    paths: readonly string[],
  ): Promise<DeliveryCounts> {
    const had = await this.fleet.repository.list(before!);
    const known = new Set(had.flatMap(file => revisionOf(file.path)));
    const count = (pattern: RegExp) =>
      paths.filter(path_ => pattern.test(path_)).length;
    return {
      bills: count(/^clusters\/[^/]+\/kustomization\.yaml$/),
      values: count(/^clusters\/[^/]+\/values\/kustomization\.yaml$/),
      revisions: new Set(
        paths.flatMap(revisionOf).filter(folder => !known.has(folder)),
      ).size,
      shards: paths.length > 0 ? 1 : 0,
    };
  }

  private async sync(): Promise<void> {
    await this.write();
    await this.fleet.sync();
  }

  private async write(): Promise<void> {
    const documents = Object.values(this.entities)
      .flat()
      .map(entity => stringify(entity, { aliasDuplicateObjects: false }));
    await fs.writeFile(
      path.join(this.folder, 'fleet.yaml'),
      documents.join('---\n'),
    );
  }
}

function revisionOf(file: string): string[] {
  const folder = /^[^/]+\/[^/]+\/revisions\/[^/]+/.exec(file)?.[0];
  return folder === undefined ? [] : [folder];
}

/** The paths of bills. */
export function bills(clusters: readonly string[]): string[] {
  return clusters.map(name => `clusters/${name}/kustomization.yaml`).sort();
}

/** The paths of values. */
export function valuesOf(clusters: readonly string[]): string[] {
  return clusters
    .map(name => `clusters/${name}/values/kustomization.yaml`)
    .sort();
}
