import {
  EDGE_KINDS,
  EdgeEntity,
  edgeKindOf,
  EdgeKind,
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  Bitmap,
  GroupIndex,
  SelectorContext,
  withNamespaces,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { EdgeEntityCondition } from '@res-edge/backstage-plugin-res-edge-node';
import { FleetView } from '../service/FleetView';
import { FleetIndex } from '../service/queries/FleetIndex';
import { evaluateCriteria } from './criteria';
import { fleetFactsOf } from './fleetFactsOf';
import { FleetFacts } from './FleetFacts';
import { Grant } from './Grant';
import { VisibleGroups } from './VisibleGroups';

/** What a caller may read, by kind. @internal */
export type ReadGrants = Readonly<Record<EdgeKind, Grant>>;

/** Callers of different teams see different fleets; more of them than this are rare within the life of one view. */
const MAX_REMEMBERED = 200;

const remembered = new WeakMap<FleetView, Map<string, VisibleFleet>>();

const HIDDEN = 'This names something that you may not see';

/**
 * The fleet as one caller may see it. What he may not see does not exist here: every answer of the API is made from this,
 * sets of clusters through {@link VisibleFleet.only}, and texts through {@link VisibleFleet.text}.
 *
 * @internal
 */
export class VisibleFleet {
  /** One for callers who may see the same, so that what is found out is found once for each view. */
  static of(
    view: FleetView,
    grants: ReadGrants,
    limits: { selectorSteps?: number } = {},
  ): VisibleFleet {
    let fleets = remembered.get(view);
    if (!fleets) {
      remembered.set(view, (fleets = new Map()));
    }
    const key = JSON.stringify(grants);
    let fleet = fleets.get(key);
    if (!fleet) {
      if (fleets.size >= MAX_REMEMBERED) {
        fleets.clear();
      }
      fleets.set(
        key,
        (fleet = new VisibleFleet(view, grants, limits.selectorSteps)),
      );
    }
    return fleet;
  }

  /** The clusters that exist here; not to be changed. */
  readonly clusters: Bitmap;
  /** The hierarchies. */
  readonly groups: GroupIndex;
  /** What a selector is evaluated over; its matches still go through {@link VisibleFleet.only}. */
  readonly selectorContext: SelectorContext;

  private readonly names = new Map<EdgeKind, ReadonlySet<string>>();
  private visibleProblems?: readonly Problem[];

  private constructor(
    /** All of it, hidden parts too. */
    readonly view: FleetView,
    private readonly grants: ReadGrants,
    maxSteps: number | undefined,
  ) {
    const { snapshot, plan } = view;
    this.clusters = grantedClusters(view, grants.EdgeCluster);
    this.groups =
      this.seesAll('EdgeCluster') && this.seesAll('EdgeGroup')
        ? snapshot.groups
        : new VisibleGroups(
            snapshot.groups,
            this.namesOf('EdgeGroup'),
            this.clusters,
          );
    const namespaceClusters = (name: string) =>
      this.sees('EdgeNamespace', name) ? plan.namespaces.get(name) : undefined;
    this.selectorContext =
      this.groups === snapshot.groups
        ? { ...withNamespaces(snapshot, namespaceClusters), maxSteps }
        : {
            size: snapshot.size,
            maxSteps,
            facts: snapshot.facts,
            numberOf: name => this.numberOf(name),
            hasCluster: name => this.numberOf(name) !== undefined,
            hasGroup: name => this.groups.has(name),
            groupMembers: name => this.groups.members(name),
            groupsOf: cluster => this.groups.groupsOf(cluster),
            namespaceClusters,
          };
  }

  /** Whether nothing of the kind is hidden, whatever comes. */
  seesAll(kind: EdgeKind): boolean {
    return this.grants[kind] === 'all';
  }

  /** Whether nothing at all is hidden. */
  get seesEverything(): boolean {
    return EDGE_KINDS.every(kind => this.seesAll(kind));
  }

  /** How many clusters there are. */
  get size(): number {
    return this.seesAll('EdgeCluster')
      ? this.view.snapshot.size
      : this.clusters.count();
  }

  /** These clusters without the hidden ones; not to be changed. */
  only(clusters: Bitmap): Bitmap {
    return this.seesAll('EdgeCluster')
      ? clusters
      : clusters.clone().and(this.clusters);
  }

  /** A cluster's number in the snapshot; undefined where it does not exist here. */
  numberOf(cluster: string): number | undefined {
    const number = this.view.snapshot.numberOf(cluster);
    return number !== undefined && this.clusters.has(number)
      ? number
      : undefined;
  }

  /** Whether there is such an entity for the caller, registered or merged. */
  sees(kind: EdgeKind, name: string): boolean {
    if (this.seesAll(kind)) {
      return true;
    }
    return kind === 'EdgeCluster'
      ? this.numberOf(name) !== undefined
      : this.namesOf(kind).has(name);
  }

  /** The entity of this name, as registered or else as merged, where the caller may see it. */
  find(kind: EdgeKind, name: string): EdgeEntity | undefined {
    if (!this.sees(kind, name)) {
      return undefined;
    }
    return (
      FleetIndex.of(this.view).findReference(entityRefOf(kind, name)) ??
      mergedEntity(this.view, kind, name)
    );
  }

  /** Whether the caller may see what a reference such as `edgecluster:default/x` names, with or without a `#field`. */
  seesReference(reference: string): boolean {
    const [, kind, name] = /^([a-z]+):default\/([^#]+)/i.exec(reference) ?? [];
    const edgeKind = kind && edgeKindOf(kind);
    return !edgeKind || this.sees(edgeKind, this.spelled(edgeKind, name));
  }

  /** A reference, where the caller may see what it names. */
  reference(reference: string | undefined): string | undefined {
    return reference !== undefined && this.seesReference(reference)
      ? reference
      : undefined;
  }

  /**
   * A text that was written for those who see everything: without its content where it names something hidden, and
   * without numbers of clusters where some are hidden.
   */
  text(text: string): string;
  text(text: string | undefined): string | undefined;
  text(text: string | undefined): string | undefined {
    if (text === undefined || this.seesEverything) return text;
    if (this.namesHidden(text)) return HIDDEN;
    return this.seesAll('EdgeCluster') ? text : withoutClusterCounts(text);
  }

  /** The problems of visible entities, by entity, field and message. */
  get problems(): readonly Problem[] {
    this.visibleProblems ??= this.shownProblems(
      FleetIndex.of(this.view).problems,
    );
    return this.visibleProblems;
  }

  /** These problems, where they are of visible entities. A file that cannot be read may hold anything. */
  shownProblems(problems: readonly Problem[]): readonly Problem[] {
    return this.seesEverything
      ? problems
      : problems
          .filter(
            ({ entity }) =>
              !entity.startsWith('location:') && this.seesReference(entity),
          )
          .map(problem => ({
            ...problem,
            message: this.text(problem.message),
          }));
  }

  private namesHidden(text: string): boolean {
    const words = text.match(/[a-z0-9](?:[-a-z0-9._]*[a-z0-9])?/gi) ?? [];
    return words.some(word =>
      EDGE_KINDS.some(
        kind =>
          !this.seesAll(kind) &&
          this.isKnown(kind, word) &&
          !this.sees(kind, word),
      ),
    );
  }

  /** Whether there is such an entity, registered or merged, seen or not. */
  isKnown(kind: EdgeKind, name: string): boolean {
    return (
      FleetIndex.of(this.view).find(kind, name) !== undefined ||
      mergedEntity(this.view, kind, name) !== undefined
    );
  }

  /** The name as the entity has it: a reference is in lower case. */
  private spelled(kind: EdgeKind, name: string): string {
    return (
      FleetIndex.of(this.view).findReference(entityRefOf(kind, name))?.metadata
        .name ?? name
    );
  }

  /** The visible names of a kind that has no numbers. */
  private namesOf(kind: EdgeKind): ReadonlySet<string> {
    let names = this.names.get(kind);
    if (!names) {
      const grant = this.grants[kind];
      const facts = fleetFactsOf(this.view);
      names = new Set(
        entitiesOf(this.view, kind)
          .filter(entity => isGranted(facts, grant, entity))
          .map(({ metadata }) => metadata.name),
      );
      this.names.set(kind, names);
    }
    return names;
  }
}

/** Whether a grant holds for an entity that the facts are about. @internal */
export function isGranted(
  facts: FleetFacts,
  grant: Grant,
  entity: EdgeEntity,
): boolean {
  if (grant === 'all' || grant === 'none') {
    return grant === 'all';
  }
  return evaluateCriteria<EdgeEntityCondition, boolean>(grant, {
    leaf: condition => facts.is(entity, condition),
    allOf: results => results.every(Boolean),
    anyOf: results => results.some(Boolean),
    not: result => !result,
  });
}

function grantedClusters(view: FleetView, grant: Grant): Bitmap {
  const { size } = view.snapshot;
  if (grant === 'all' || grant === 'none') {
    return grant === 'all' ? Bitmap.full(size) : Bitmap.empty(size);
  }
  const facts = fleetFactsOf(view);
  return evaluateCriteria<EdgeEntityCondition, Bitmap>(grant, {
    leaf: condition => facts.clusters(condition).clone(),
    allOf: results =>
      results.reduce((all, result) => all.and(result), Bitmap.full(size)),
    anyOf: results =>
      results.reduce((any, result) => any.or(result), Bitmap.empty(size)),
    not: result => result.not(),
  });
}

function mergedEntity(
  { decisions }: FleetView,
  kind: EdgeKind,
  name: string,
): EdgeEntity | undefined {
  switch (kind) {
    case 'EdgeApplication':
      return decisions.applications.get(name)?.entity;
    case 'EdgeNamespace':
      return decisions.namespaces.get(name)?.entity;
    case 'EdgePolicy':
      return decisions.policies.get(name);
    default:
      return undefined;
  }
}

/** As registered, or else as merged. */
function entitiesOf(view: FleetView, kind: EdgeKind): EdgeEntity[] {
  const { inventory, decisions } = view;
  const registered: Record<EdgeKind, readonly EdgeEntity[]> = {
    EdgeApplication: inventory.applications,
    EdgeCluster: inventory.clusters,
    EdgeGroup: inventory.groups,
    EdgeNamespace: inventory.namespaces,
    EdgePolicy: inventory.policies,
  };
  const names = new Set(registered[kind].map(({ metadata }) => metadata.name));
  const merged = [
    ...decisions.applications.keys(),
    ...decisions.namespaces.keys(),
    ...decisions.policies.keys(),
  ]
    .filter(name => !names.has(name))
    .map(name => mergedEntity(view, kind, name))
    .filter(entity => entity !== undefined);
  return [...registered[kind], ...merged];
}

/** `12 of 18 clusters would lose it (3 of them did)` and `… are healthy; 17 have to be` say how large the rest of the fleet is. */
function withoutClusterCounts(text: string): string {
  return text
    .replace(/\b\d+(?: of \d+)? clusters?\b/g, 'some clusters')
    .replace(/ \(\d+ of them[^)]*\)/g, '')
    .replace(/; \d+ (?:have to be|may)\b/g, '');
}
