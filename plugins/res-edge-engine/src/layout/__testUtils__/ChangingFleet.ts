import {
  EdgeApplicationEntity,
  EdgeClusterEntity,
  EdgeEntity,
  EdgeGroupEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { decide, decideNext } from '../../decide';
import {
  BuiltSource,
  DecideInput,
  Decisions,
  DeliveredShard,
  DeliveryRendering,
  FileMap,
  Plan,
  ShardRendering,
} from '../../model';
import { Snapshot } from '../../snapshot';
import { parseManifests, releaseBuilds } from '../capture/builds';
import { baselineOf } from '../delivery/baselineOf';
import { DeliveryRenderer } from '../delivery/DeliveryRenderer';
import { readDeliveredShard } from '../delivery/readDeliveredShard';
import { gitBlobHash } from '../format/digest';
import { sliceRemoval } from '../main/intentPaths';
import { readDecisions } from '../main/readDecisions';
import { Slices } from '../main/Slices';

type Delivered = ReadonlyMap<string, DeliveredShard>;
type Inventory = { clusters: EdgeClusterEntity[]; groups: EdgeGroupEntity[] };

/** Stands in for kustomize: a source is one file of manifests. */
async function build(files: FileMap): Promise<string> {
  return String(files.get('source/manifests.yaml') ?? '');
}

/** A source whose manifests follow from the application's name and version, and read these keys. */
function sourceOf({ metadata, spec }: EdgeApplicationEntity): FileMap {
  const keys = ['cluster.name', 'cluster.k', 'application.a', 'namespace.name'];
  const data = keys.map((key, i) => `  k${i}: "\${{ ${key} }}"\n`).join('');
  const manifests = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${metadata.name}\ndata:\n  version: "${spec.version}"\n${data}`;
  return new Map([
    ['kustomization.yaml', 'resources: [manifests.yaml]\n'],
    ['manifests.yaml', manifests],
  ]);
}

/**
 * A fleet that changes. Main, plan and delivery branches follow it incrementally, and can be made from nothing, too:
 * from entities and files alone.
 */
export class ChangingFleet {
  now = new Date(0);
  private readonly entities = new Map<string, EdgeEntity>();
  private readonly main = new Map<string, string | Uint8Array>();
  private readonly trees = new Map<string, Map<string, string>>();
  private readonly slices = Slices.create({
    read: async name =>
      sourceOf(this.entities.get(name) as EdgeApplicationEntity),
    originOf: name => `file:${name}`,
    build,
  });
  private readonly renderer = DeliveryRenderer.create();
  private readonly built = new Map<string, BuiltSource>();
  private delivered: Delivered = new Map();
  private last?: { input: DecideInput; plan: Plan; inventory: Inventory };

  /** Registers an entity, or takes it away, and merges that. */
  async set(
    kind: EdgeEntity['kind'],
    name: string,
    entity: EdgeEntity | undefined,
  ): Promise<void> {
    const key = `${kind}/${name}`;
    if (entity) {
      this.entities.set(key, entity);
      const slice = await this.slices.changesFor(entity, key, this.main);
      for (const { path, content } of slice.changes)
        this.main.set(path, content!);
    } else {
      this.entities.delete(key);
      for (const { path } of sliceRemoval(this.main.keys(), kind, name))
        this.main.delete(path);
    }
  }

  /** What the branches must change, with all that is remembered. */
  async incremental(): Promise<readonly ShardRendering[]> {
    const inventory = this.inventory();
    const snapshot = this.last
      ? this.last.input.snapshot.update({
          clusters: difference(
            this.last.inventory.clusters,
            inventory.clusters,
          ),
          groups: difference(this.last.inventory.groups, inventory.groups),
        })
      : Snapshot.create(inventory);
    const input = this.decideInput(snapshot, this.delivered);
    const plan = this.last ? decideNext(this.last, input) : decide(input);
    this.last = { input, plan, inventory };
    const { shards } = await this.render(
      this.renderer,
      plan,
      input.decisions,
      this.built,
      this.delivered,
    );
    return shards;
  }

  /** The same from nothing. @param delivered - what the branches hold; as they are where left out */
  async fromNothing(delivered = this.readTrees()) {
    const snapshot = Snapshot.create(this.inventory());
    const input = this.decideInput(snapshot, delivered);
    const plan = decide(input);
    const rendering = await this.render(
      DeliveryRenderer.create(),
      plan,
      input.decisions,
      new Map(),
      delivered,
    );
    return { plan, ...rendering };
  }

  /** Writes what was rendered to the branches. */
  write(shards: readonly ShardRendering[]): void {
    this.delivered = new Map([
      ...this.delivered,
      ...shards.map(({ shard, delivered }) => [shard, delivered] as const),
    ]);
    for (const { shard, changes } of shards) {
      const tree = this.trees.get(shard) ?? new Map<string, string>();
      this.trees.set(shard, tree);
      for (const { path, content } of changes) {
        if (content === undefined) tree.delete(path);
        else tree.set(path, String(content));
      }
    }
  }

  /** The folders of clusters, by branch and path. */
  folders(): Record<string, string> {
    return Object.fromEntries(
      [...this.trees].flatMap(([shard, tree]) =>
        [...tree]
          .filter(([path]) => path.startsWith('clusters/'))
          .map(([path, text]) => [`${shard}/${path}`, text]),
      ),
    );
  }

  private decideInput(snapshot: Snapshot, delivered: Delivered): DecideInput {
    const { decisions } = readDecisions(this.main);
    const baseline = baselineOf(delivered, snapshot);
    return { snapshot, decisions, baseline, now: this.now };
  }

  private async render(
    renderer: DeliveryRenderer,
    plan: Plan,
    decisions: Decisions,
    built: Map<string, BuiltSource>,
    delivered: Delivered,
  ): Promise<DeliveryRendering> {
    for (const { key, files } of releaseBuilds(this.main, decisions)) {
      if (!built.has(key)) built.set(key, parseManifests(await build(files)));
    }
    const shards = new Map(
      this.inventory().clusters.map(({ metadata: { name } }) => [
        name,
        name < 'c3' ? 's1' : 's2',
      ]),
    );
    const { main, now } = this;
    const run = renderer.render({
      ...{ main, decisions, plan, built, shards, delivered, now },
    });
    return { shards: [...run.shards], problems: run.problems() };
  }

  private inventory(): Inventory {
    const all = [...this.entities.values()];
    return {
      clusters: all.filter(
        (entity): entity is EdgeClusterEntity => entity.kind === 'EdgeCluster',
      ),
      groups: all.filter(
        (entity): entity is EdgeGroupEntity => entity.kind === 'EdgeGroup',
      ),
    };
  }

  private readTrees(): Delivered {
    return new Map(
      [...this.trees].map(([shard, tree]) => [
        shard,
        readDeliveredShard(
          shard,
          [...tree].map(([path, content]) => ({
            ...{ path, content },
            hash: gitBlobHash(content),
          })),
        ),
      ]),
    );
  }
}

function difference<T extends EdgeEntity>(
  before: readonly T[],
  after: readonly T[],
) {
  const names = new Set(after.map(({ metadata }) => metadata.name));
  return {
    upserted: after.filter(entity => !before.includes(entity)),
    removed: before
      .map(({ metadata }) => metadata.name)
      .filter(name => !names.has(name)),
  };
}
