import {
  EdgeApplicationEntity,
  EdgeClusterEntity,
  EdgeEntity,
  EdgeGroupEntity,
  EdgeNamespaceEntity,
  EdgePolicyEntity,
  Problem,
  validateEdgeEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  ApplicationSource,
  assignShards,
  BuiltSource,
  Capture,
  checkSource,
  ComponentChecks,
  createCapture,
  decide,
  Decisions,
  DeliveredShard,
  DeliveryRenderer,
  FileMap,
  keepCaptured,
  parseManifests,
  Plan,
  readDecisions,
  releaseBuilds,
  renderApplicationSlice,
  renderGroupSlice,
  renderNamespaceSlice,
  renderPolicySlice,
  ShardRendering,
  Snapshot,
  SourceBuild,
  sourceBuilds,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { ManifestBuilder } from '@res-edge/backstage-plugin-res-edge-node';

/** What a fleet is registered with. */
export interface FleetInput {
  readonly entities: readonly unknown[];
  /** All files beside the entities. */
  readonly files: FileMap;
}

type Content = string | Uint8Array;

/** A fleet whose main and delivery branches are maps of files: the layout without Git. */
export class DeliveredFleet {
  readonly main = new Map<string, Content>();
  readonly trees = new Map<string, Map<string, Content>>();
  problems: readonly Problem[] = [];
  captures: readonly Capture[] = [];
  shards: ReadonlyMap<string, string> = new Map();
  now = new Date(0);
  plan!: Plan;
  decisions!: Decisions;
  /** By add-on, what it may bring beside what every application may. */
  allowedKinds: ReadonlyMap<string, readonly string[]> = new Map();
  private delivered: ReadonlyMap<string, DeliveredShard> = new Map();

  private readonly renderer = DeliveryRenderer.create();
  private readonly checks: ComponentChecks;

  constructor(
    private readonly builder: ManifestBuilder,
    private readonly engine?: 'flux' | 'argocd',
  ) {
    this.checks = ComponentChecks.create((files, at) =>
      builder.build(files, at),
    );
  }

  /** Registers, decides, captures, merges and delivers all at once. */
  async deliver({ entities, files }: FleetInput): Promise<ShardRendering[]> {
    const all = entities.map(validateEdgeEntity);
    const problems: Problem[] = [];
    const captures: Capture[] = [];
    for (const entity of kindOf<EdgeApplicationEntity>(
      all,
      'EdgeApplication',
    )) {
      const source = sourceOf(entity, files);
      problems.push(...checkSource(entity, source));
      const built = await this.build(sourceBuilds(entity, source));
      const allowed = this.allowedKinds.get(entity.metadata.name);
      const fresh = createCapture(entity, source, built, allowed);
      const capture = keepCaptured(this.main, entity, fresh);
      captures.push(capture);
      problems.push(...capture.problems);
      this.merge(renderApplicationSlice(entity, capture));
    }
    for (const entity of kindOf<EdgeNamespaceEntity>(all, 'EdgeNamespace')) {
      this.merge(renderNamespaceSlice(entity));
    }
    const groups = kindOf<EdgeGroupEntity>(all, 'EdgeGroup');
    for (const entity of groups) {
      const components = (entity.spec.components ?? []).map(
        ({ path }) => [path, below(files, path)] as const,
      );
      this.merge(renderGroupSlice(entity, new Map(components)));
    }
    for (const entity of kindOf<EdgePolicyEntity>(all, 'EdgePolicy')) {
      this.merge(renderPolicySlice(entity));
    }
    const clusters = kindOf<EdgeClusterEntity>(all, 'EdgeCluster');
    const read = readDecisions(this.main);
    this.captures = captures;
    this.problems = [...problems, ...read.problems];
    this.decisions = read.decisions;
    return this.render(Snapshot.create({ clusters, groups }));
  }

  /** Plans and renders what main holds. */
  async render(
    snapshot: Snapshot,
    builds: (builds: SourceBuild[]) => SourceBuild[] = all => all,
  ): Promise<ShardRendering[]> {
    this.shards = assignShards(
      this.shards,
      snapshot.clusters.map(({ metadata }) => metadata.name),
    );
    this.plan = decide({
      snapshot,
      decisions: this.decisions,
      baseline: { applications: new Map() },
      now: new Date(0),
    });
    const input = {
      main: this.main,
      decisions: this.decisions,
      plan: this.plan,
      built: await this.build(builds(releaseBuilds(this.main, this.decisions))),
      shards: this.shards,
      delivered: this.delivered,
      now: this.now,
      engine: this.engine,
    };
    const { broken, problems } = await this.checks.check(
      this.renderer.combinations(input),
    );
    const run = this.renderer.render({ ...input, broken });
    const shards = [...run.shards];
    const delivered = new Map(this.delivered);
    for (const { shard, changes, delivered: after } of shards) {
      delivered.set(shard, after);
      const tree = this.trees.get(shard) ?? new Map<string, Content>();
      this.trees.set(shard, tree);
      for (const { path, content } of changes) {
        if (content === undefined) tree.delete(path);
        else tree.set(path, content);
      }
    }
    this.delivered = delivered;
    this.problems = [
      ...this.problems,
      ...this.plan.problems,
      ...problems,
      ...run.problems(),
    ];
    return shards;
  }

  treeOf(cluster: string): FileMap {
    return this.trees.get(this.shards.get(cluster)!)!;
  }

  private async build(builds: readonly SourceBuild[]) {
    const built = new Map<string, BuiltSource>();
    for (const { key, files, folder } of builds) {
      built.set(key, parseManifests(await this.builder.build(files, folder)));
    }
    return built;
  }

  private merge(slice: FileMap) {
    for (const [path, content] of slice) this.main.set(path, content);
  }
}

function kindOf<T extends EdgeEntity>(
  entities: readonly EdgeEntity[],
  kind: T['kind'],
): T[] {
  return entities.filter((entity): entity is T => entity.kind === kind);
}

function sourceOf(
  entity: EdgeApplicationEntity,
  files: FileMap,
): ApplicationSource {
  const patches = (entity.spec.overrides ?? []).flatMap(
    override => override.patches ?? [],
  );
  return {
    origin: 'test',
    files: below(files, entity.spec.source.path ?? ''),
    patches: new Map(
      patches.map(path => [path, files.get(path.replace(/^\.\//, ''))!]),
    ),
  };
}

function below(files: FileMap, folder: string): Map<string, Content> {
  const prefix = `${folder.replace(/^\.\//, '')}/`;
  return new Map(
    [...files]
      .filter(([path]) => path.startsWith(prefix))
      .map(([path, content]) => [path.slice(prefix.length), content]),
  );
}
