import {
  EdgeEntity,
  EdgeKind,
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { compareStrings } from '../../util/compareStrings';
import { compareKeys } from '../../util/pageOf';
import { FleetView } from '../FleetView';

const indexes = new WeakMap<FleetView, FleetIndex>();

/** The key that problems are sorted by. @internal */
export function problemKey({ entity, field, message }: Problem): string[] {
  return [entity, field, message];
}

/** An entity with what lists look for. @internal */
export class FleetEntity {
  private text?: string;

  constructor(
    readonly entity: EdgeEntity,
    /** Of a cluster, in the snapshot. */
    readonly number: number | undefined,
  ) {}

  /** Name, title and labels in lower case, to look for words in. */
  get searchText(): string {
    if (this.text === undefined) {
      const { name, title, labels } = this.entity.metadata;
      this.text = [
        name,
        title ?? '',
        ...Object.entries(labels ?? {}).map(
          ([key, value]) => `${key}=${value}`,
        ),
      ]
        .join('\n')
        .toLowerCase();
    }
    return this.text;
  }
}

/** Entities by name, in order, and their problems: made once for each view, when it is first asked for. @internal */
export class FleetIndex {
  static of(view: FleetView): FleetIndex {
    let index = indexes.get(view);
    if (!index) {
      index = new FleetIndex(view);
      indexes.set(view, index);
    }
    return index;
  }

  /** By kind and name. */
  readonly entities: readonly FleetEntity[];
  /** By entity, field and message; each once. */
  readonly problems: readonly Problem[];

  private readonly byReference: ReadonlyMap<string, EdgeEntity>;
  private readonly byEntity: ReadonlyMap<string, readonly Problem[]>;

  private constructor({ inventory, problems, snapshot }: FleetView) {
    // In the order of the kinds' names.
    this.entities = [
      inventory.applications,
      inventory.clusters,
      inventory.groups,
      inventory.namespaces,
      inventory.policies,
    ]
      .flatMap(entities =>
        [...entities].sort((a: EdgeEntity, b: EdgeEntity) =>
          compareStrings(a.metadata.name, b.metadata.name),
        ),
      )
      .map(
        entity =>
          new FleetEntity(
            entity,
            entity.kind === 'EdgeCluster'
              ? snapshot.numberOf(entity.metadata.name)
              : undefined,
          ),
      );
    this.byReference = new Map(
      this.entities.map(({ entity }) => [
        entityRefOf(entity.kind, entity.metadata.name),
        entity,
      ]),
    );
    this.problems = [...problems]
      .sort((a, b) => compareKeys(problemKey(a), problemKey(b)))
      .filter(
        (problem, position, sorted) =>
          position === 0 ||
          compareKeys(problemKey(sorted[position - 1]), problemKey(problem)) !==
            0,
      );
    const byEntity = new Map<string, Problem[]>();
    for (const problem of this.problems) {
      const known = byEntity.get(problem.entity);
      if (known) {
        known.push(problem);
      } else {
        byEntity.set(problem.entity, [problem]);
      }
    }
    this.byEntity = byEntity;
  }

  find(kind: EdgeKind, name: string): EdgeEntity | undefined {
    const entity = this.byReference.get(entityRefOf(kind, name));
    return entity?.metadata.name === name ? entity : undefined;
  }

  /** By its reference, in lower case. */
  findReference(reference: string): EdgeEntity | undefined {
    return this.byReference.get(reference);
  }

  problemsOf(kind: EdgeKind, name: string): readonly Problem[] {
    return this.problemsOfReference(entityRefOf(kind, name));
  }

  problemsOfReference(reference: string): readonly Problem[] {
    return this.byEntity.get(reference) ?? [];
  }
}
