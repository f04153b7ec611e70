import {
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../../bitmap';
import {
  DeliveredShard,
  HeldChanges,
  Holds,
  ShardRendering,
} from '../../model';
import { namespaceSubject } from '../../rollout/contentSubject';
import { byCodeUnit } from '../format/digest';
import { changesBehindGroups } from './changesBehindGroups';
import {
  ComponentCombination,
  componentCombinations,
} from './componentCombinations';
import { DeliveryComparison } from './DeliveryComparison';
import type { DeliveryInput } from './DeliveryInput';
import type { PlacedRevision } from './FleetRevisions';
import { FolderRenderer, FolderProblems } from './FolderRenderer';
import { groupReaders } from './groupReaders';
import type { HeldBack } from './heldHere';
import { HeldReport } from './HeldReport';
import { MissingReport } from './MissingReport';
import { prepareRendering, revisionsOf, shardWith } from './prepareRendering';
import { RenderingBasis } from './RenderingBasis';
import { RevisionCache } from './RevisionCache';
import { ShardWriter } from './ShardWriter';

/** What a shard's branch was rendered from. */
interface RenderedShard {
  readonly basis: RenderingBasis;
  /** The branch afterwards; this very object says that the branch still stands there. Left out where there is none. */
  readonly delivered?: DeliveredShard;
  readonly problems: ReadonlyMap<string, FolderProblems>;
  /** By cluster. */
  readonly held: ReadonlyMap<string, HeldBack>;
  /** By cluster. */
  readonly undeliverable: ReadonlyMap<string, HeldBack>;
  /** Clusters whose folders change by themselves. */
  readonly leaving: ReadonlySet<string>;
}

/** A revision of an application, with the clusters that shall get it. @public */
export interface WantedRevision {
  /** Digest of the revision; what bills name. */
  readonly revision: string;
  readonly clusters: Bitmap;
}

/** A rendering, one shard after the other: no more than one shard's text is held. @public */
export interface DeliveryRun {
  /** Only shards that change. Each is rendered when it is asked for; to be read once. */
  readonly shards: Iterable<ShardRendering>;
  /** All problems; complete when all shards were read. */
  problems(): readonly Problem[];
  /** What holds keep back; complete when all shards were read. */
  held(): HeldChanges;
  /** What the plan wants and cannot be made, whatever holds say; complete when all shards were read. */
  undeliverable(): HeldChanges;
}

/**
 * What the delivery branches must change to hold what a plan says. Revisions are made once, and folders compared by
 * their hash with what is delivered: what does not differ is not there. Revisions that no bill names any more stay.
 *
 * It remembers what it rendered each shard from. A folder for which nothing changed since is not rendered again while
 * its branch stands where the last rendering left it, so that the work is proportional to what changes; a fresh
 * renderer renders everything, and gives the same bytes.
 *
 * @public
 */
export class DeliveryRenderer {
  #rendered = new Map<string, RenderedShard>();
  readonly #cache = RevisionCache.create();
  readonly #comparedCache = RevisionCache.create(this.#cache);

  private constructor() {}

  static create(): DeliveryRenderer {
    return new DeliveryRenderer();
  }

  /** What has to build, for `input.broken`; nothing where no group has components. */
  combinations(input: DeliveryInput): readonly ComponentCombination[] {
    return combinationsOf(input, this.#cache);
  }

  /** The same for what is not to be rendered, but to be compared. */
  foreseenCombinations(input: DeliveryInput): readonly ComponentCombination[] {
    return combinationsOf(input, this.#comparedCache);
  }

  /** What a plan wants of each application, and of each namespace by `namespaceSubject`, whatever holds say; what cannot be made is left out. */
  wanted(input: DeliveryInput): ReadonlyMap<string, readonly WantedRevision[]> {
    const { revisions } = this.#cache.during(cache =>
      revisionsOf(input, cache),
    );
    const wanted = new Map<string, WantedRevision[]>();
    const add = (subject: string, { revision, clusters }: PlacedRevision) => {
      if (!revision) return;
      const known = wanted.get(subject) ?? [];
      wanted.set(subject, [...known, { revision: revision.digest, clusters }]);
    };
    for (const one of revisions.applications) add(one.name, one);
    for (const one of revisions.namespaces)
      add(namespaceSubject(one.name), one);
    return wanted;
  }

  /** The groups that wait, by their clusters, and the changes of applications that wait with them. */
  behindGroups(
    input: DeliveryInput,
    groups: NonNullable<Holds['groups']>,
  ): Holds {
    const { revisions } = this.#cache.during(cache =>
      revisionsOf(input, cache),
    );
    return changesBehindGroups(input, revisions, groups);
  }

  /** The applications that read values of each group that rolls out, or have components of it. */
  groupReaders(input: DeliveryInput): ReadonlyMap<string, ReadonlySet<string>> {
    const { groups } = input.decisions;
    const rolls = [...groups.values()].some(group => group.rollout);
    if (!rolls) return new Map();
    const { revisions } = this.#cache.during(cache =>
      revisionsOf(input, cache),
    );
    return groupReaders(input.decisions, revisions);
  }

  /** Renders what differs from `input.delivered`. */
  render(input: DeliveryInput): DeliveryRun {
    const { revisions, basis, folders } = this.#cache.during(cache =>
      prepareRendering(input, cache),
    );
    const { members, problems } = shardMembers(input);
    for (const shard of this.#rendered.keys()) {
      if (!members.has(shard)) this.#rendered.delete(shard);
    }
    return {
      shards: this.renderShards(input, folders, basis, members),
      problems: () => [
        ...revisions.problems,
        ...this.folderProblems(input, problems),
      ],
      held: () => this.changes(({ held }) => held),
      undeliverable: () => this.changes(({ undeliverable }) => undeliverable),
    };
  }

  /**
   * How another delivery would differ from one; nothing of it is remembered as rendered.
   *
   * @param only - looks at no other clusters: sets by the numbers of either snapshot
   */
  compare(
    before: DeliveryInput,
    after: DeliveryInput,
    only?: { readonly before: Bitmap; readonly after: Bitmap },
  ): DeliveryComparison {
    return DeliveryComparison.create(before, after, this.#comparedCache, only);
  }

  private *renderShards(
    input: DeliveryInput,
    folders: FolderRenderer,
    basis: RenderingBasis,
    members: ReadonlyMap<string, readonly number[]>,
  ): Generator<ShardRendering> {
    const changedSince = new Map<RenderingBasis, Bitmap>();
    for (const shard of [...members.keys()].sort(byCodeUnit)) {
      const before = input.delivered.get(shard);
      const last = this.#rendered.get(shard);
      const known =
        before !== undefined && last?.delivered === before ? last : undefined;
      let changed = known && changedSince.get(known.basis);
      if (known && !changed) {
        changed = basis.changedSince(known.basis);
        changedSince.set(known.basis, changed);
      }
      const { rendering, ...next } = this.renderShard(
        input,
        folders,
        members.get(shard)!,
        { shard, before, known, changed },
      );
      const delivered = rendering?.delivered ?? before;
      this.#rendered.set(shard, { basis, delivered, ...next });
      if (rendering) yield rendering;
    }
  }

  private renderShard(
    { plan: { snapshot }, now, retention, kept }: DeliveryInput,
    folders: FolderRenderer,
    members: readonly number[],
    state: {
      shard: string;
      before?: DeliveredShard;
      known?: RenderedShard;
      changed?: Bitmap;
    },
  ) {
    const { shard, before, known, changed } = state;
    const nameOf = (number: number) => snapshot.clusters[number].metadata.name;
    const stale = members.filter(number => {
      if (kept?.has(nameOf(number))) return false;
      if (!known || !changed || changed.has(number)) return true;
      const name = nameOf(number);
      return known.leaving.has(name) || !before?.clusters.has(name);
    });
    const names = new Set(members.map(nameOf));
    const gone = [...(before?.clusters.keys() ?? [])].filter(
      cluster => !names.has(cluster) && !kept?.has(cluster),
    );
    if (known && stale.length + gone.length === 0) {
      const { problems, held, undeliverable, leaving } = known;
      return { problems, held, undeliverable, leaving };
    }
    const problems = new Map(known?.problems);
    const held = new Map(known?.held);
    const undeliverable = new Map(known?.undeliverable);
    const leaving = new Set(known?.leaving);
    const writer = new ShardWriter(shard, before);
    for (const folder of folders.render(stale, before)) {
      const { cluster, content } = folder;
      problems.delete(cluster);
      held.delete(cluster);
      undeliverable.delete(cluster);
      leaving.delete(cluster);
      if (folder.problems) problems.set(cluster, folder.problems);
      if (folder.held) held.set(cluster, folder.held);
      if (folder.undeliverable)
        undeliverable.set(cluster, folder.undeliverable);
      if (folder.leaving) leaving.add(cluster);
      if (content) writer.write(content.bill, content);
    }
    for (const cluster of gone.sort(byCodeUnit)) {
      problems.delete(cluster);
      held.delete(cluster);
      undeliverable.delete(cluster);
      leaving.delete(cluster);
      writer.remove(cluster);
    }
    const retained = retention === undefined ? undefined : { now, retention };
    const rendering = writer.finish(retained);
    return { rendering, problems, held, undeliverable, leaving };
  }

  private changes(
    of: (shard: RenderedShard) => ReadonlyMap<string, HeldBack>,
  ): HeldChanges {
    const report = new HeldReport();
    for (const shard of this.#rendered.values()) {
      for (const [cluster, names] of of(shard)) report.add(names, cluster);
    }
    return report.changes();
  }

  private folderProblems(
    { plan: { snapshot } }: DeliveryInput,
    others: readonly Problem[],
  ): Problem[] {
    const report = new MissingReport();
    report.add(others);
    const found = [...this.#rendered.values()]
      .flatMap(({ problems }) => [...problems])
      .sort(([a], [b]) => snapshot.numberOf(a)! - snapshot.numberOf(b)!);
    for (const [cluster, { missing, values }] of found) {
      report.add(values);
      for (const { entity, reason } of missing) {
        report.missing(entity, reason, cluster);
      }
    }
    return report.problems();
  }
}

function combinationsOf(
  input: DeliveryInput,
  cache: RevisionCache,
): readonly ComponentCombination[] {
  const { size } = input.plan.snapshot;
  for (const { components } of input.decisions.groups.values()) {
    if (components.length > 0) {
      const { revisions } = cache.during(() => revisionsOf(input, cache));
      return componentCombinations(revisions, size);
    }
  }
  return [];
}

/** The clusters of each shard by their numbers, branches without any included. */
function shardMembers({ plan, shards, delivered }: DeliveryInput) {
  const members = new Map<string, number[]>();
  const problems: Problem[] = [];
  for (const shard of delivered.keys()) members.set(shard, []);
  plan.snapshot.clusters.forEach(({ metadata, spec }, number) => {
    const { name } = metadata;
    const shard = shards.get(name) ?? shardWith(delivered, name);
    const known = shard === undefined ? undefined : members.get(shard);
    if (known) known.push(number);
    else if (shard !== undefined) members.set(shard, [number]);
    else if (spec.state !== 'retired') {
      problems.push({
        entity: entityRefOf('EdgeCluster', name),
        field: '',
        message: 'has no shard, so that nothing is delivered to it',
      });
    }
  });
  return { members, problems };
}
