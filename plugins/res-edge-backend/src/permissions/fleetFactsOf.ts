import {
  EdgeApplicationEntity,
  EdgeEntity,
  EdgeNamespaceEntity,
  isEdgeCluster,
  isEdgeGroup,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  Bitmap,
  compileSelector,
  SelectorError,
  Snapshot,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { FleetView } from '../service/FleetView';
import { FactSource, FleetFacts } from './FleetFacts';

const known = new WeakMap<FleetView, FleetFacts>();

/** The facts about the fleet as it is planned. @internal */
export function fleetFactsOf(view: FleetView): FleetFacts {
  let facts = known.get(view);
  if (!facts) {
    const { snapshot, plan } = view;
    facts = new FleetFacts({
      snapshot,
      ...entitiesOf(view, []),
      reach: name => plan.namespaces.get(name),
      placed: name => plan.applications.get(name)?.placed,
    });
    known.set(view, facts);
  }
  return facts;
}

/**
 * The facts about entities that are not in the fleet, or not yet as they are here: as if they were. Names of one kind
 * must differ. Where applications would be placed is not decided for them: only the namespaces count.
 *
 * @internal
 */
export function proposedFacts(
  view: FleetView,
  entities: readonly EdgeEntity[],
): FleetFacts {
  const clusters = entities.filter(isEdgeCluster);
  const groups = entities.filter(isEdgeGroup);
  const snapshot = view.snapshot.propose({ clusters, groups });
  const retired = Bitmap.of(
    snapshot.size,
    snapshot.clusters.flatMap(({ spec }, number) =>
      spec.state === 'retired' ? [number] : [],
    ),
  );
  const source = entitiesOf(view, entities);
  return new FleetFacts({
    snapshot,
    ...source,
    reach: name => {
      const { selector } = source.namespaces.get(name)?.spec ?? {};
      return selector === undefined
        ? undefined
        : matching(snapshot, selector)?.andNot(retired);
    },
    placed: () => undefined,
  });
}

function matching(
  snapshot: Snapshot,
  selector: Parameters<typeof compileSelector>[1],
): Bitmap | undefined {
  try {
    return compileSelector(snapshot, selector).clusters;
  } catch (error) {
    if (error instanceof SelectorError) {
      // It reaches nothing new until it is mended.
      return undefined;
    }
    throw error;
  }
}

/** As proposed, or else as registered, or else as merged. */
function entitiesOf(
  { inventory, decisions }: FleetView,
  proposed: readonly EdgeEntity[],
): Pick<FactSource, 'namespaces' | 'applications'> {
  return {
    namespaces: byName<EdgeNamespaceEntity>('EdgeNamespace', [
      ...[...decisions.namespaces.values()].map(({ entity }) => entity),
      ...inventory.namespaces,
      ...proposed,
    ]),
    applications: byName<EdgeApplicationEntity>('EdgeApplication', [
      ...[...decisions.applications.values()].map(({ entity }) => entity),
      ...inventory.applications,
      ...proposed,
    ]),
  };
}

/** The last of each name. */
function byName<T extends EdgeEntity>(
  kind: T['kind'],
  entities: readonly EdgeEntity[],
): ReadonlyMap<string, T> {
  return new Map(
    entities
      .filter((entity): entity is T => entity.kind === kind)
      .map(entity => [entity.metadata.name, entity]),
  );
}
