import {
  EdgeEntity,
  edgeKindOf,
  EdgeKind,
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  Bitmap,
  FleetSight,
  GroupIndex,
  Snapshot,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { ownerOf } from '../../automation/ownerOf';
import { VisibleFleet } from '../../permissions';
import { VisibleGroups } from '../../permissions/VisibleGroups';
import { FleetOutlook } from '../FleetOutlook';

const LOCK = /^namespaces\/([^/]+)\/targets\.lock\.yaml$/;

/**
 * What a caller may see of an outlook: what he sees of the fleet as it is, and what he writes himself. What a write would
 * bring into his sight beside that stays hidden, because it is not written.
 *
 * @internal
 */
export class OutlookSight {
  /** Left out for who sees all clusters and groups. */
  readonly only?: { readonly before: FleetSight; readonly after: FleetSight };
  private readonly own: ReadonlySet<string>;

  private constructor(
    private readonly fleet: VisibleFleet,
    { after }: FleetOutlook,
    written: readonly EdgeEntity[],
  ) {
    this.own = new Set(
      written.map(({ kind, metadata }) => entityRefOf(kind, metadata.name)),
    );
    if (fleet.seesAll('EdgeCluster') && fleet.seesAll('EdgeGroup')) return;
    this.only = {
      before: { clusters: fleet.clusters, groups: fleet.groups },
      after: this.sightOf(after.plan.snapshot, written),
    };
  }

  /** @param written - what the caller writes, and may read afterwards */
  static of(
    fleet: VisibleFleet,
    outlook: FleetOutlook,
    written: readonly EdgeEntity[],
  ): OutlookSight {
    return new OutlookSight(fleet, outlook, written);
  }

  /** The clusters to look at; left out for all. */
  get clusters(): { before: Bitmap; after: Bitmap } | undefined {
    return (
      this.only && {
        before: this.only.before.clusters,
        after: this.only.after.clusters,
      }
    );
  }

  sees(kind: EdgeKind, name: string): boolean {
    return this.own.has(entityRefOf(kind, name)) || this.fleet.sees(kind, name);
  }

  seesReference(reference: string): boolean {
    const [, kind, name] = /^([a-z]+):default\/([^#]+)/i.exec(reference) ?? [];
    return (
      (name !== undefined &&
        this.own.has(entityRefOf(edgeKindOf(kind)!, name))) ||
      this.fleet.seesReference(reference)
    );
  }

  /** Files say of other clusters what they say of one. */
  seesFile(path: string): boolean {
    const allClusters = this.fleet.seesAll('EdgeCluster');
    const namespace = LOCK.exec(path)?.[1];
    if (namespace !== undefined)
      return allClusters && this.sees('EdgeNamespace', namespace);
    const entity = ownerOf(path)?.entity;
    return entity ? this.sees(entity.kind, entity.name) : allClusters;
  }

  problems(problems: readonly Problem[]): Problem[] {
    if (this.fleet.seesEverything) return [...problems];
    return problems
      .filter(
        ({ entity }) =>
          !entity.startsWith('location:') && this.seesReference(entity),
      )
      .map(problem => ({
        ...problem,
        message: this.fleet.text(problem.message),
      }));
  }

  /** Whether he sees what is said of the fleet as a whole. */
  get seesAllClusters(): boolean {
    return this.fleet.seesAll('EdgeCluster');
  }

  private sightOf(
    snapshot: Snapshot,
    written: readonly EdgeEntity[],
  ): FleetSight {
    const { view, clusters: visible } = this.fleet;
    const clusters = this.seesAllClusters
      ? Bitmap.full(snapshot.size)
      : snapshot.bitmapOf([
          ...view.snapshot.namesOf(visible),
          ...written
            .filter(({ kind }) => kind === 'EdgeCluster')
            .map(({ metadata }) => metadata.name),
        ]);
    const groups = allGroups(snapshot.groups).filter(name =>
      this.sees('EdgeGroup', name),
    );
    return {
      clusters,
      groups: new VisibleGroups(snapshot.groups, new Set(groups), clusters),
    };
  }
}

function allGroups(groups: GroupIndex): string[] {
  const names = [...groups.roots];
  // The list grows while it is walked: each group adds those below it.
  for (const name of names) names.push(...groups.children(name));
  return names;
}
