import { NotFoundError } from '@backstage/errors';
import {
  EdgeEntity,
  EdgeKind,
  EntityPage,
  EntityRow,
  entityRefOf,
  InventoryEntity,
  ProblemPage,
} from '@res-edge/backstage-plugin-res-edge-common';
import { PageRequest } from '../../util/cursor';
import { pageOf } from '../../util/pageOf';
import { FleetView } from '../FleetView';
import { fieldError } from './fieldError';
import { FleetEntity, FleetIndex, problemKey } from './FleetIndex';

/** Entities by kind and name. @internal */
export function listEntities(
  view: FleetView,
  query: {
    kind?: EdgeKind;
    search?: string;
    group?: string;
    problems?: boolean;
  },
  page: PageRequest,
): EntityPage {
  const index = FleetIndex.of(view);
  const words = (query.search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const matching = candidates(view, query).filter(
    row =>
      words.every(word => row.searchText.includes(word)) &&
      (!query.problems ||
        index.problemsOf(row.entity.kind, row.entity.metadata.name).length > 0),
  );
  const { items, total, nextCursor } = pageOf(
    matching,
    ({ entity }) => [entity.kind, entity.metadata.name],
    2,
    page,
  );
  return {
    items: items.map(({ entity }) => toRow(view, entity)),
    total,
    nextCursor,
  };
}

/** One entity with its origin and problems. @internal */
export function getEntity(
  view: FleetView,
  kind: EdgeKind,
  name: string,
): InventoryEntity {
  const index = FleetIndex.of(view);
  const entity = index.find(kind, name);
  if (!entity) {
    throw new NotFoundError(`No ${kind} '${name}' is registered`);
  }
  const origin = view.origins.get(entityRefOf(kind, name));
  return {
    entity: { ...entity },
    origin: { type: 'catalog', location: origin?.location },
    problems: [...index.problemsOf(kind, name)],
  };
}

/** Problems by entity, field and message. @internal */
export function listProblems(
  view: FleetView,
  query: { entity?: string },
  page: PageRequest,
): ProblemPage {
  const index = FleetIndex.of(view);
  const problems =
    query.entity === undefined
      ? index.problems
      : index.problemsOfReference(query.entity.toLowerCase());
  return pageOf(problems, problemKey, 3, page);
}

function candidates(
  view: FleetView,
  { kind, group }: { kind?: EdgeKind; group?: string },
): readonly FleetEntity[] {
  const { entities } = FleetIndex.of(view);
  if (group === undefined) {
    return kind
      ? entities.filter(({ entity }) => entity.kind === kind)
      : entities;
  }
  if (!view.snapshot.groups.has(group)) {
    throw fieldError('group', `no group '${group}' is registered`);
  }
  if (kind !== undefined && kind !== 'EdgeCluster') {
    throw fieldError('group', `has only clusters, no ${kind}`);
  }
  const members = view.snapshot.groups.members(group);
  return entities.filter(
    ({ number }) => number !== undefined && members.has(number),
  );
}

function toRow(view: FleetView, entity: EdgeEntity): EntityRow {
  const { name, title, labels } = entity.metadata;
  const row: EntityRow = {
    kind: entity.kind,
    name,
    title,
    owner: entity.spec.owner,
    labels: labels ?? {},
    problems: FleetIndex.of(view).problemsOf(entity.kind, name).length,
  };
  if (entity.kind === 'EdgeNamespace') {
    return { ...row, environment: entity.spec.environment };
  }
  if (entity.kind !== 'EdgeCluster') {
    return row;
  }
  return {
    ...row,
    environment: entity.spec.environment,
    state: entity.spec.state ?? 'active',
    groups: entity.spec.groups ?? [],
    applications: countApplications(view, name),
  };
}

function countApplications(view: FleetView, cluster: string): number {
  const number = view.snapshot.numberOf(cluster);
  if (number === undefined) {
    return 0;
  }
  return [...view.plan.applications.values()].filter(({ placed }) =>
    placed.has(number),
  ).length;
}
