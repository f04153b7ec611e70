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
import { VisibleFleet } from '../../permissions';
import { fieldError } from './fieldError';
import { FleetEntity, FleetIndex, problemKey } from './FleetIndex';

/** Entities by kind and name. @internal */
export function listEntities(
  fleet: VisibleFleet,
  query: {
    kind?: EdgeKind;
    search?: string;
    group?: string;
    problems?: boolean;
  },
  page: PageRequest,
): EntityPage {
  const index = FleetIndex.of(fleet.view);
  const words = (query.search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const matching = candidates(fleet, query).filter(
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
    items: items.map(({ entity }) => toRow(fleet, entity)),
    total,
    nextCursor,
  };
}

/** One entity with its origin and problems. @internal */
export function getEntity(
  fleet: VisibleFleet,
  kind: EdgeKind,
  name: string,
): InventoryEntity {
  const index = FleetIndex.of(fleet.view);
  const entity = index.find(kind, name);
  if (!entity || !fleet.sees(kind, name)) {
    throw new NotFoundError(`No ${kind} '${name}' is registered`);
  }
  const origin = fleet.view.origins.get(entityRefOf(kind, name));
  return {
    entity: { ...entity },
    origin: { type: 'catalog', location: origin?.location },
    problems: [...fleet.shownProblems(index.problemsOf(kind, name))],
  };
}

/** Problems by entity, field and message. @internal */
export function listProblems(
  fleet: VisibleFleet,
  query: { entity?: string },
  page: PageRequest,
): ProblemPage {
  const problems =
    query.entity === undefined
      ? fleet.problems
      : fleet.shownProblems(
          FleetIndex.of(fleet.view).problemsOfReference(
            query.entity.toLowerCase(),
          ),
        );
  return pageOf(problems, problemKey, 3, page);
}

function candidates(
  fleet: VisibleFleet,
  { kind, group }: { kind?: EdgeKind; group?: string },
): readonly FleetEntity[] {
  const { entities } = FleetIndex.of(fleet.view);
  if (group === undefined) {
    return entities.filter(
      ({ entity, number }) =>
        (kind === undefined || entity.kind === kind) &&
        (number === undefined
          ? fleet.sees(entity.kind, entity.metadata.name)
          : fleet.clusters.has(number)),
    );
  }
  if (!fleet.groups.has(group)) {
    throw fieldError('group', `no group '${group}' is registered`);
  }
  if (kind !== undefined && kind !== 'EdgeCluster') {
    throw fieldError('group', `has only clusters, no ${kind}`);
  }
  const members = fleet.groups.members(group);
  return entities.filter(
    ({ number }) => number !== undefined && members.has(number),
  );
}

function toRow(fleet: VisibleFleet, entity: EdgeEntity): EntityRow {
  const { name, title, labels } = entity.metadata;
  const row: EntityRow = {
    kind: entity.kind,
    name,
    title,
    owner: entity.spec.owner,
    labels: labels ?? {},
    problems: FleetIndex.of(fleet.view).problemsOf(entity.kind, name).length,
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
    applications: countApplications(fleet, name),
  };
}

function countApplications(fleet: VisibleFleet, cluster: string): number {
  const number = fleet.numberOf(cluster);
  if (number === undefined) {
    return 0;
  }
  return [...fleet.view.plan.applications.values()].filter(
    ({ name, placed }) =>
      placed.has(number) && fleet.sees('EdgeApplication', name),
  ).length;
}
