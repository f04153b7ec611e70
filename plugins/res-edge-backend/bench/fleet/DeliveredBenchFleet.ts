import { ConfigReader } from '@backstage/config';
import {
  EdgeApplicationEntity,
  EdgeEntity,
  EdgeGroupEntity,
  Selector,
  WriteEffect,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  createCapture,
  FileChange,
  FileMap,
  parseManifests,
  Plan,
  renderApplicationSlice,
  renderGroupSlice,
  renderNamespaceSlice,
  renderPolicySlice,
  sliceChanges,
  Slices,
  sourceBuilds,
} from '@res-edge/backstage-plugin-res-edge-engine';
import {
  KustomizeBuilder,
  ManifestBuilder,
} from '@res-edge/backstage-plugin-res-edge-node';
import { benchFleet } from '../../../res-edge-engine/bench/fleet/benchFleet';
import { Fleet } from '../../../res-edge-engine/src/__testUtils__/reference';
import { BOT } from '../../src/automation/bot';
import { DeliveryResult } from '../../src/automation/Deliverable';
import { Delivery } from '../../src/automation/Delivery';
import { FormerContent } from '../../src/automation/FormerContent';
import {
  DEFAULT_RETENTION,
  DeliveryRetention,
} from '../../src/automation/DeliveryRetention';
import { createFleetView } from '../../src/automation/createFleetView';
import { DirectRules } from '../../src/automation/DirectRules';
import { Rollouts } from '../../src/automation/Rollouts';
import { Guards } from '../../src/automation/Guards';
import { Holding } from '../../src/automation/Holding';
import { MAIN, MainBranch } from '../../src/automation/MainBranch';
import { PlannedMain } from '../../src/automation/PlannedMain';
import { Planner } from '../../src/automation/Planner';
import { PublishedPlan, WhatIf } from '../../src/automation/WhatIf';
import { GitRepository } from '../../src/git';
import { VisibleFleet } from '../../src/permissions';
import { writeEffect } from '../../src/service/queries';
import { OutlookSight } from '../../src/service/queries/OutlookSight';
import { BenchInventory } from './BenchInventory';
import { noGuards } from './noGuards';
import { noRollouts } from './noRollouts';
import { sourceFiles, withBanner, withValues } from './registered';

/** What one step wrote. */
export interface Delivered {
  readonly plan: Plan;
  readonly result: DeliveryResult;
  /** Files that changed on main, as a person reviews them. */
  readonly reviewed: number;
  /** Files that changed on main, written by Res-Edge. */
  readonly derived: number;
}

/**
 * The fleet of the engine's benchmarks with sources, a main of its own in a bare repository, and the delivery of the
 * backend: all of it real but the catalog and the database.
 */
export class DeliveredBenchFleet {
  #now = Date.parse('2026-01-01T00:00:00Z');
  #fleet: Fleet;
  #main!: MainBranch;
  #planner!: Planner;
  #delivery!: Delivery;
  #whatIf!: WhatIf;
  #published?: PublishedPlan;
  readonly #holding = Holding.create();
  #reviewed = 0;
  /** Builds sources as they are registered; the delivery has a builder of its own, and builds them again. */
  readonly #builder: ManifestBuilder = KustomizeBuilder.create();

  private constructor(
    readonly repository: GitRepository,
    readonly inventory: BenchInventory,
    fleet: Fleet,
    private readonly retention: DeliveryRetention,
  ) {
    this.#fleet = fleet;
    this.restart();
  }

  /** Everything is decided on main, and nothing is delivered. */
  static async create(
    folder: string,
    clusters: number,
    applications: number,
    retention = DEFAULT_RETENTION,
  ): Promise<DeliveredBenchFleet> {
    const repository = await GitRepository.createBare(folder);
    const fleet = benchFleet(clusters, applications);
    const bench = new DeliveredBenchFleet(
      repository,
      new BenchInventory(fleet.clusters.map(withValues), fleet.groups),
      fleet,
      retention,
    );
    await bench.#main.begin();
    const files = await bench.decisionFiles();
    await bench.commit(
      [...files].map(([path, content]) => ({ path, content })),
    );
    return bench;
  }

  /** Forgets all that was read: what a restart of the backend does. */
  restart(): void {
    const { repository, inventory, retention } = this;
    const now = () => new Date(this.#now);
    const builder = KustomizeBuilder.create();
    this.#main = MainBranch.create({ repository });
    this.#delivery = Delivery.create({ repository, builder, now, retention });
    const [main, delivery] = [this.#main, this.#delivery];
    this.#planner = Planner.create({ inventory, main, delivery, now });
    this.#whatIf = WhatIf.create({
      ...{ planner: this.#planner, main, delivery },
      rollouts: Rollouts.create({
        ...{ store: noRollouts, delivery },
        former: FormerContent.create({ repository }),
      }),
      guards: Guards.create({
        store: noGuards,
        guard: { share: 0.05, atLeast: 100 },
      }),
      slices: Slices.create({
        read: async name => sourceFiles(this.application(name)),
        originOf: () => 'bench',
        build: (files, folder) => this.#builder.build(files, folder),
      }),
      directRules: DirectRules.fromConfig(new ConfigReader({})),
    });
  }

  passDays(days: number): void {
    this.#now += days * 24 * 60 * 60 * 1000;
  }

  /** Reads inventory, main and delivery where they moved, and decides. */
  async plan(): Promise<PlannedMain> {
    return this.#planner.plan();
  }

  /** What a run of the automation does, but for change requests and guards. */
  async deliver(): Promise<Delivered> {
    let planned = await this.plan();
    const publish = (delivered = planned.delivered) => {
      const { input } = planned;
      const baseline = this.#planner.foreseenBaseline(
        delivered,
        input.snapshot,
      );
      const next = { ...planned, delivered, input: { ...input, baseline } };
      const view = createFleetView({
        planned: next,
        problems: [],
        holding: this.#holding.of(planned),
        held: { applications: new Map(), namespaces: new Map() },
        undeliverable: { applications: new Map(), namespaces: new Map() },
        rollouts: new Map(),
      });
      this.#published = {
        planned: next,
        view,
        rollouts: new Map(),
        intentProblems: [],
      };
    };
    publish();
    const { main } = planned;
    const derived = this.#main.derivedChanges(main, planned.plan, new Set());
    if (derived.length > 0) {
      await this.#main.record(main, derived);
      planned = await this.plan();
    }
    publish();
    const result = await this.#delivery.deliver({
      main: planned.main,
      plan: planned.plan,
      planId: 'bench',
      beforeCommit: async () => {},
    });
    publish(result.after);
    const reviewed = this.#reviewed;
    this.#reviewed = 0;
    return { plan: planned.plan, result, reviewed, derived: derived.length };
  }

  /** What a change would cause, for who sees everything. */
  async whatIf(...written: EdgeEntity[]): Promise<WriteEffect> {
    const time = '2026-01-01T00:00:00.000Z';
    const outlook = await this.#whatIf.foresee(this.#published, {
      written: written.map(entity => ({
        entity,
        origin: { type: 'catalog', location: entity.metadata.name },
        revision: 1,
        createdAt: time,
        updatedAt: time,
        alsoAt: [],
      })),
      deleted: [],
    });
    const fleet = VisibleFleet.of(outlook.view, {
      EdgeApplication: 'all',
      EdgeCluster: 'all',
      EdgeGroup: 'all',
      EdgeNamespace: 'all',
      EdgePolicy: 'all',
    });
    return writeEffect(outlook, OutlookSight.of(fleet, outlook, written));
  }

  application(name: string): EdgeApplicationEntity {
    return this.#fleet.decisions.applications.get(name)!.entity;
  }

  group(name: string): EdgeGroupEntity {
    return withBanner(
      this.#fleet.groups.find(({ metadata }) => metadata.name === name)!,
    );
  }

  /** Merges an application that is new: in a namespace, without requests. */
  async addApplication(name: string, namespace: string): Promise<void> {
    const [{ entity }] = this.#fleet.decisions.applications.values();
    const spec = { ...entity.spec, namespace };
    for (const key of ['requests', 'requires', 'dependsOn'] as const)
      delete spec[key];
    await this.merge(
      await this.applicationSlice({ ...entity, metadata: { name }, spec }),
    );
  }

  /** Merges another selector of a namespace. */
  async select(name: string, selector: Selector): Promise<void> {
    const { entity } = this.#fleet.decisions.namespaces.get(name)!;
    const spec = { ...entity.spec, selector };
    await this.merge(renderNamespaceSlice({ ...entity, spec }));
  }

  /** The selector of a namespace that has one of conditions. */
  selectorOf(name: string): Exclude<Selector, string> {
    const { selector } =
      this.#fleet.decisions.namespaces.get(name)!.entity.spec;
    return selector as Exclude<Selector, string>;
  }

  groupNames(): string[] {
    return this.#fleet.groups.map(({ metadata }) => metadata.name);
  }

  /** Merges another version of an application. */
  async promote(name: string, version: string): Promise<void> {
    const { entity } = this.#fleet.decisions.applications.get(name)!;
    await this.merge(
      await this.applicationSlice({
        ...entity,
        spec: { ...entity.spec, version },
      }),
    );
  }

  /** Merges another value of a group. */
  async changeGroup(name: string, values: Record<string, string>) {
    const group = this.#fleet.groups.find(
      ({ metadata }) => metadata.name === name,
    )!;
    await this.merge(
      renderGroupSlice(
        { ...group, spec: { ...group.spec, values } },
        new Map(),
      ),
    );
  }

  private async merge(slice: FileMap): Promise<void> {
    const { files } = await this.#main.read();
    await this.commit(sliceChanges(files, slice));
  }

  private async commit(changes: readonly FileChange[]): Promise<void> {
    this.#reviewed += changes.length;
    await this.repository.commit({
      branch: MAIN,
      parent: await this.repository.resolve(MAIN),
      author: BOT,
      message: 'Merge\n',
      changes,
    });
  }

  private async decisionFiles(): Promise<FileMap> {
    const { decisions, groups } = this.#fleet;
    const slices = [
      ...[...decisions.namespaces.values()].map(({ entity }) =>
        renderNamespaceSlice(entity),
      ),
      ...[...decisions.policies.values()].map(renderPolicySlice),
      ...groups.map(group => renderGroupSlice(withBanner(group), new Map())),
    ];
    for (const { entity, releases } of decisions.applications.values()) {
      const [{ requests, requires, dependsOn }] = releases;
      const spec = { ...entity.spec, requests, requires, dependsOn };
      entity.spec = {
        ...spec,
        dependsOn: [...dependsOn],
        requires: [...requires],
      };
      slices.push(await this.applicationSlice(entity));
    }
    return new Map(slices.flatMap(slice => [...slice]));
  }

  private async applicationSlice(
    entity: EdgeApplicationEntity,
  ): Promise<FileMap> {
    const source = {
      origin: 'bench',
      files: sourceFiles(entity),
      patches: new Map(),
    };
    const built = new Map();
    for (const { key, files, folder } of sourceBuilds(entity, source)) {
      built.set(key, parseManifests(await this.#builder.build(files, folder)));
    }
    const capture = createCapture(entity, source, built);
    if (capture.problems.length > 0) {
      throw new Error(JSON.stringify(capture.problems));
    }
    return renderApplicationSlice(entity, capture);
  }
}
