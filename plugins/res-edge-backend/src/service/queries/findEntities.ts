import {
  EdgeEntity,
  EdgeKind,
  Selector,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  Bitmap,
  compileSelector,
  SelectorError,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { VisibleFleet } from '../../permissions';
import { ClusterFields } from './ClusterFields';
import { ClusterTexts } from './ClusterTexts';
import { EntityFilter, matchesFilter, parseFilters } from './EntityFilter';
import { fieldError } from './fieldError';
import { FleetIndex, KINDS_IN_ORDER, searchTextOf } from './FleetIndex';

/** Which entities; every part given must hold. @internal */
export interface EntityQuery {
  readonly kind?: EdgeKind;
  /** Words. */
  readonly search?: string;
  /** Clusters in this group or below. */
  readonly group?: string;
  /** Whether those below count; true where left out. */
  readonly descendants?: boolean;
  /** Clusters that this selector matches: an expression, or a mapping as JSON. */
  readonly selector?: string;
  /** See {@link parseFilters}. */
  readonly filter?: readonly string[];
  readonly problems?: boolean;
}

/** What a query finds: clusters by their numbers, the others by kind and name. @internal */
export interface EntityMatches {
  readonly clusters: Bitmap;
  readonly others: readonly EdgeEntity[];
}

/** Finds entities. @throws InputError that names the parameter @internal */
export function findEntities(
  fleet: VisibleFleet,
  query: EntityQuery,
): EntityMatches {
  const { kind } = query;
  const filters = query.filter && parseFilters(query.filter);
  const words = (query.search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const ofGroups = groupClusters(fleet, query);
  const ofSelector = selectorClusters(fleet, query);
  const onlyClusters = ofGroups !== undefined || ofSelector !== undefined;
  if (onlyClusters && kind !== undefined && kind !== 'EdgeCluster') {
    throw fieldError(
      ofGroups ? 'group' : 'selector',
      `has only clusters, no ${kind}`,
    );
  }
  const { size } = fleet.view.snapshot;
  return {
    clusters:
      kind === undefined || kind === 'EdgeCluster'
        ? findClusters(fleet, [ofGroups, ofSelector], filters, words, query)
        : Bitmap.empty(size),
    others: onlyClusters ? [] : findOthers(fleet, filters, words, query),
  };
}

function findClusters(
  fleet: VisibleFleet,
  sets: readonly (Bitmap | undefined)[],
  filters: readonly EntityFilter[] | undefined,
  words: readonly string[],
  { problems }: EntityQuery,
): Bitmap {
  const { snapshot } = fleet.view;
  const found = fleet.clusters.clone();
  for (const set of sets) {
    if (set) {
      found.and(set);
    }
  }
  if (filters) {
    found.and(ClusterFields.of(snapshot).matching(filters));
  }
  if (problems) {
    const troubled = Bitmap.empty(snapshot.size);
    for (const { entity } of fleet.problems) {
      const [, name] = entity.split('edgecluster:default/');
      const number = name ? snapshot.numberOf(name) : undefined;
      if (number !== undefined) {
        troubled.add(number);
      }
    }
    found.and(troubled);
  }
  for (const word of words) {
    found.and(ClusterTexts.of(snapshot).matching(word));
  }
  return found;
}

function findOthers(
  fleet: VisibleFleet,
  filters: readonly EntityFilter[] | undefined,
  words: readonly string[],
  { kind, problems }: EntityQuery,
): EdgeEntity[] {
  const index = FleetIndex.of(fleet.view);
  return KINDS_IN_ORDER.filter(
    other => other !== 'EdgeCluster' && (kind === undefined || other === kind),
  )
    .flatMap(other => index.entitiesOf(other))
    .filter(entity => {
      const { name } = entity.metadata;
      const text = words.length > 0 ? searchTextOf(entity) : '';
      return (
        fleet.sees(entity.kind, name) &&
        words.every(word => text.includes(word)) &&
        (!filters || filters.some(filter => matchesFilter(filter, entity))) &&
        (!problems || index.problemsOf(entity.kind, name).length > 0)
      );
    });
}

function groupClusters(
  { groups }: VisibleFleet,
  { group, descendants = true }: EntityQuery,
): Bitmap | undefined {
  if (group === undefined) {
    return undefined;
  }
  if (!groups.has(group)) {
    throw fieldError('group', `no group '${group}' is registered`);
  }
  return descendants ? groups.members(group) : groups.direct(group);
}

function selectorClusters(
  fleet: VisibleFleet,
  { selector: text }: EntityQuery,
): Bitmap | undefined {
  if (text === undefined) {
    return undefined;
  }
  try {
    return compileSelector(fleet.selectorContext, parseSelectorText(text))
      .clusters;
  } catch (error) {
    if (error instanceof SelectorError) {
      throw Object.assign(
        fieldError('selector', error.message),
        error.position !== undefined && { position: error.position },
      );
    }
    throw error;
  }
}

/** A parameter is a text: a mapping comes as JSON. */
function parseSelectorText(text: string): Selector {
  if (!text.trimStart().startsWith('{')) {
    return text;
  }
  try {
    return JSON.parse(text);
  } catch {
    throw fieldError('selector', `'${text}' is no JSON and no expression`);
  }
}
