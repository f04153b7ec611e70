import {
  EdgeEntity,
  EdgeKind,
  EntityPage,
  EntityRow,
  Problem,
  ProblemPage,
} from '@res-edge/backstage-plugin-res-edge-common';
import { PageRequest } from '../../util/cursor';
import { PayloadTooLargeError } from '../../util/PayloadTooLargeError';
import { pageOf } from '../../util/pageOf';
import { VisibleFleet } from '../../permissions';
import { createEntityList, EntityListQuery } from './EntityList';
import { FleetIndex, problemKey } from './FleetIndex';
import {
  EntityDetail,
  expandCluster,
  parseDetail,
  projectEntity,
} from './entityDetail';

/** A page of the entities that a query finds. @internal */
export function listEntities(
  fleet: VisibleFleet,
  query: EntityListQuery,
  page: PageRequest,
): EntityPage {
  const detail = parseDetail(query);
  const found = createEntityList(fleet, query).page(page);
  return {
    ...found,
    items: found.items.map(entity => toRow(fleet, entity, detail)),
  };
}

/** What is decided for a cluster costs more than the cluster itself. */
const MAX_EXPANDED = 10_000;

/**
 * All entities that a query finds, each made when it is asked for.
 *
 * @param maxExpanded - the most of them where parts are expanded
 * @throws PayloadTooLargeError where there are more
 * @internal
 */
export function streamEntities(
  fleet: VisibleFleet,
  query: EntityListQuery,
  maxExpanded = MAX_EXPANDED,
): Iterable<EntityRow> {
  // What is wrong with the query is thrown now, before the first of them is sent.
  const detail = parseDetail(query);
  const found = createEntityList(fleet, query);
  if (query.expand !== undefined && found.total > maxExpanded) {
    throw new PayloadTooLargeError(
      `expand: ${found.total} entities are too many at once; at most ${maxExpanded} are allowed, read them page by page`,
    );
  }
  return (function* rows() {
    for (const entity of found) {
      yield toRow(fleet, entity, detail);
    }
  })();
}

/** What is wrong with one entity. @internal */
export function problemsOfEntity(
  fleet: VisibleFleet,
  kind: EdgeKind,
  name: string,
): Problem[] {
  const index = FleetIndex.of(fleet.view);
  return [...fleet.shownProblems(index.problemsOf(kind, name))];
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

function toRow(
  fleet: VisibleFleet,
  entity: EdgeEntity,
  { fields, expand }: EntityDetail,
): EntityRow {
  return {
    ...toPlainRow(fleet, entity),
    ...(fields && { entity: projectEntity(entity, fields) }),
    ...(expand &&
      entity.kind === 'EdgeCluster' && {
        expanded: expandCluster(fleet, entity.metadata.name, expand),
      }),
  };
}

function toPlainRow(fleet: VisibleFleet, entity: EdgeEntity): EntityRow {
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
