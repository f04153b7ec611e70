import { EdgeClusterEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../../bitmap';
import { Decisions, Holds } from '../../model';
import { Snapshot } from '../../snapshot';
import { FleetRevisions } from './FleetRevisions';
import { rollingGroups } from './groupReleases';

/**
 * All that the folders of clusters follow from, beside what is delivered: parts, each with the clusters that it is for,
 * and the clusters' own facts. Two of them say which folders can differ.
 *
 * @internal
 */
export class RenderingBasis {
  private constructor(
    private readonly snapshot: Snapshot,
    /** A key says all that a part writes to a folder. */
    private readonly parts: ReadonlyMap<string, Bitmap>,
  ) {}

  static create(
    snapshot: Snapshot,
    decisions: Decisions,
    revisions: FleetRevisions,
    broken: ReadonlyMap<string, string> = new Map(),
    holds?: Holds,
    kept: ReadonlySet<string> = new Set(),
  ): RenderingBasis {
    const parts = new Map<string, Bitmap>();
    const add = (key: unknown[], clusters: Bitmap) => {
      const text = JSON.stringify(key);
      const known = parts.get(text);
      parts.set(text, known ? known.clone().or(clusters) : clusters);
    };
    for (const { name, revision, clusters } of revisions.namespaces) {
      add(['namespace', name, revision?.path], clusters);
    }
    for (const {
      clusters,
      revision,
      objects,
      ...rest
    } of revisions.applications) {
      add(['application', revision?.path, rest], clusters);
    }
    const rankOf = (name: string) => {
      const path = snapshot.groups.path(name);
      const root = snapshot.groups.get(path[0] ?? name);
      return [path, root?.spec.precedence];
    };
    for (const { name, revision, components, clusters } of revisions.groups) {
      const key = ['group', revision?.path, components, rankOf(name)];
      add(key, clusters);
    }
    for (const { name, digest, values } of decisions.groups.values()) {
      if (Object.keys(values).length === 0 || !snapshot.groups.has(name)) {
        continue;
      }
      const clusters = snapshot.groups.members(name);
      add(['values', name, digest, rankOf(name)], clusters);
    }
    const keptHere = [...kept].flatMap(name => snapshot.numberOf(name) ?? []);
    if (keptHere.length > 0) {
      add(['kept'], Bitmap.of(snapshot.size, keptHere));
    }
    // Rare, so that it may concern more clusters than it does.
    for (const entry of broken) {
      add(['broken', entry], Bitmap.full(snapshot.size));
    }
    for (const [name, clusters] of holds?.applications ?? []) {
      add(['held application', name], clusters);
    }
    for (const [name, clusters] of holds?.namespaces ?? []) {
      add(['held namespace', name], clusters);
    }
    for (const [name, clusters] of holds?.groups ?? []) {
      add(['held group', name], clusters);
    }
    for (const [name, clusters] of holds?.behindGroups ?? []) {
      add(['behind groups', name], clusters);
    }
    for (const { name, digest, clusters } of rollingGroups(
      decisions,
      snapshot,
    )) {
      add(['release of group', name, digest], clusters);
    }
    return new RenderingBasis(snapshot, parts);
  }

  /** The clusters, by their numbers here, for which something is not what it was. */
  changedSince(before: RenderingBasis): Bitmap {
    const { size } = this.snapshot;
    const numbers = this.numbersOf(before.snapshot);
    const changed = this.changedClusters(before, numbers);
    const empty = Bitmap.empty(size);
    const compare = (here: Bitmap, there: Bitmap | undefined) => {
      if (here === there) return;
      const known = there ? renumbered(there, numbers, size) : empty;
      changed.or(here.clone().andNot(known));
      changed.or(known.clone().andNot(here));
    };
    for (const [key, clusters] of this.parts) {
      compare(clusters, before.parts.get(key));
    }
    for (const [key, clusters] of before.parts) {
      if (!this.parts.has(key)) {
        changed.or(renumbered(clusters, numbers, size));
      }
    }
    return changed;
  }

  private changedClusters(
    before: RenderingBasis,
    numbers: readonly (number | undefined)[] | undefined,
  ): Bitmap {
    const { clusters, size } = this.snapshot;
    if (before.snapshot === this.snapshot) return Bitmap.empty(size);
    const unchanged = Bitmap.empty(size);
    before.snapshot.clusters.forEach((entity, index) => {
      const number = numbers ? numbers[index] : index;
      if (number !== undefined && sameFacts(entity, clusters[number])) {
        unchanged.add(number);
      }
    });
    return unchanged.not();
  }

  /** The number here of each cluster there; undefined where all have the same. */
  private numbersOf(
    there: Snapshot,
  ): readonly (number | undefined)[] | undefined {
    const { clusters } = this.snapshot;
    const same =
      there === this.snapshot ||
      (there.size === this.snapshot.size &&
        there.clusters.every(
          ({ metadata }, number) =>
            clusters[number].metadata.name === metadata.name,
        ));
    if (same) return undefined;
    return there.clusters.map(({ metadata }) =>
      this.snapshot.numberOf(metadata.name),
    );
  }
}

function renumbered(
  clusters: Bitmap,
  numbers: readonly (number | undefined)[] | undefined,
  size: number,
): Bitmap {
  if (!numbers) return clusters;
  const result = Bitmap.empty(size);
  clusters.forEach(number => {
    const here = numbers[number];
    if (here !== undefined) result.add(here);
  });
  return result;
}

/** Whether nothing differs that a folder is written from. */
function sameFacts(one: EdgeClusterEntity, other: EdgeClusterEntity): boolean {
  return one === other || factsOf(one) === factsOf(other);
}

function factsOf({ metadata, spec }: EdgeClusterEntity): string {
  const { values, attributes, environment, timeZone, state, gitops } = spec;
  const { name, labels } = metadata;
  return JSON.stringify([
    name,
    labels,
    values,
    attributes,
    environment,
    timeZone,
    state,
    gitops,
  ]);
}
