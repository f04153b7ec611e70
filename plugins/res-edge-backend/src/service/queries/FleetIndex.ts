import {
  EDGE_KINDS,
  EdgeEntity,
  edgeKindOf,
  EdgeKind,
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Inventory } from '@res-edge/backstage-plugin-res-edge-engine';
import { compareStrings } from '../../util/compareStrings';
import { compareKeys } from '../../util/pageOf';
import { FleetView } from '../FleetView';

/** The kinds in the order in which lists have them. @internal */
export const KINDS_IN_ORDER: readonly EdgeKind[] = [...EDGE_KINDS].sort();

const LISTS: Readonly<Record<EdgeKind, keyof Inventory>> = {
  EdgeApplication: 'applications',
  EdgeCluster: 'clusters',
  EdgeGroup: 'groups',
  EdgeNamespace: 'namespaces',
  EdgePolicy: 'policies',
};

interface KindIndex {
  /** By name. */
  readonly sorted: readonly EdgeEntity[];
  readonly byReference: ReadonlyMap<string, EdgeEntity>;
}

const indexes = new WeakMap<FleetView, FleetIndex>();
/** Views share the lists that did not change. */
const kindIndexes = new WeakMap<readonly EdgeEntity[], KindIndex>();
const searchTexts = new WeakMap<EdgeEntity, string>();

/** The key that problems are sorted by. @internal */
export function problemKey({ entity, field, message }: Problem): string[] {
  return [entity, field, message];
}

/** Name, title and labels in lower case, to look for words in. @internal */
export function searchTextOf(entity: EdgeEntity): string {
  let text = searchTexts.get(entity);
  if (text === undefined) {
    const { name, title, labels } = entity.metadata;
    text = [
      name,
      title ?? '',
      ...Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`),
    ]
      .join('\n')
      .toLowerCase();
    searchTexts.set(entity, text);
  }
  return text;
}

/**
 * Entities by name and their problems. Each part is made when it is first asked for; clusters stand in the snapshot in order
 * already.
 *
 * @internal
 */
export class FleetIndex {
  static of(view: FleetView): FleetIndex {
    let index = indexes.get(view);
    if (!index) {
      index = new FleetIndex(view);
      indexes.set(view, index);
    }
    return index;
  }

  private sortedProblems?: readonly Problem[];
  private problemsByEntity?: ReadonlyMap<string, readonly Problem[]>;

  private constructor(private readonly view: FleetView) {}

  /** By name. */
  entitiesOf(kind: EdgeKind): readonly EdgeEntity[] {
    return kind === 'EdgeCluster'
      ? this.view.snapshot.clusters
      : this.kindIndex(kind).sorted;
  }

  find(kind: EdgeKind, name: string): EdgeEntity | undefined {
    if (kind === 'EdgeCluster') {
      const { snapshot } = this.view;
      const number = snapshot.numberOf(name);
      return number === undefined ? undefined : snapshot.clusters[number];
    }
    const entity = this.kindIndex(kind).byReference.get(
      entityRefOf(kind, name),
    );
    return entity?.metadata.name === name ? entity : undefined;
  }

  /** By its reference, in lower case. */
  findReference(reference: string): EdgeEntity | undefined {
    const [kindText, name = ''] = reference.split(':default/');
    const kind = edgeKindOf(kindText);
    if (kind === undefined) {
      return undefined;
    }
    // The names of clusters are in lower case.
    return kind === 'EdgeCluster'
      ? this.find(kind, name)
      : this.kindIndex(kind).byReference.get(reference);
  }

  /** By entity, field and message; each once. */
  get problems(): readonly Problem[] {
    this.sortedProblems ??= [...this.view.problems]
      .sort((a, b) => compareKeys(problemKey(a), problemKey(b)))
      .filter(
        (problem, position, sorted) =>
          position === 0 ||
          compareKeys(problemKey(sorted[position - 1]), problemKey(problem)) !==
            0,
      );
    return this.sortedProblems;
  }

  problemsOf(kind: EdgeKind, name: string): readonly Problem[] {
    return this.problemsOfReference(entityRefOf(kind, name));
  }

  problemsOfReference(reference: string): readonly Problem[] {
    this.problemsByEntity ??= groupByEntity(this.problems);
    return this.problemsByEntity.get(reference) ?? [];
  }

  private kindIndex(kind: EdgeKind): KindIndex {
    const entities: readonly EdgeEntity[] = this.view.inventory[LISTS[kind]];
    let index = kindIndexes.get(entities);
    if (!index) {
      index = {
        sorted: [...entities].sort((a, b) =>
          compareStrings(a.metadata.name, b.metadata.name),
        ),
        byReference: new Map(
          entities.map(entity => [
            entityRefOf(entity.kind, entity.metadata.name),
            entity,
          ]),
        ),
      };
      kindIndexes.set(entities, index);
    }
    return index;
  }
}

function groupByEntity(
  problems: readonly Problem[],
): ReadonlyMap<string, readonly Problem[]> {
  const byEntity = new Map<string, Problem[]>();
  for (const problem of problems) {
    const known = byEntity.get(problem.entity);
    if (known) {
      known.push(problem);
    } else {
      byEntity.set(problem.entity, [problem]);
    }
  }
  return byEntity;
}
