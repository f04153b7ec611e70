import {
  CompoundEntityRef,
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_CHILD_OF,
  RELATION_DEPENDENCY_OF,
  RELATION_DEPENDS_ON,
  RELATION_HAS_PART,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
  RELATION_PARENT_OF,
  RELATION_PART_OF,
} from '@backstage/catalog-model';
import { EntityRelationSpec } from '@backstage/plugin-catalog-node';
import {
  EdgeEntity,
  EdgeKind,
} from '@res-edge/backstage-plugin-res-edge-common';

type Pair = readonly [forward: string, reverse: string];

const OWNED: Pair = [RELATION_OWNED_BY, RELATION_OWNER_OF];
const PART: Pair = [RELATION_PART_OF, RELATION_HAS_PART];
const CHILD: Pair = [RELATION_CHILD_OF, RELATION_PARENT_OF];
const NEEDS: Pair = [RELATION_DEPENDS_ON, RELATION_DEPENDENCY_OF];

function edgeRef(kind: EdgeKind, name: string): CompoundEntityRef {
  return { kind, namespace: 'default', name };
}

function ownerRef(owner: string): CompoundEntityRef {
  return parseEntityRef(owner, {
    defaultKind: 'Group',
    defaultNamespace: 'default',
  });
}

/**
 * The relations that follow from one entity.
 *
 * @remarks
 * A cluster's point forward only: with the reverse, a group or team of 60,000 clusters would be an entity of megabytes
 * that each reader of the catalog has to carry. Members are a paged query instead. An application is a part of its
 * namespace, and of the Component that it deploys.
 *
 * @internal
 */
export function relationsOf(entity: EdgeEntity): EntityRelationSpec[] {
  const source = getCompoundEntityRef(entity);
  const both = ([forward, reverse]: Pair, target: CompoundEntityRef) => [
    { source, type: forward, target },
    { source: target, type: reverse, target: source },
  ];
  const { owner } = entity.spec;

  if (entity.kind === 'EdgeCluster') {
    return [
      ...(entity.spec.groups ?? []).map(name => ({
        source,
        type: RELATION_PART_OF,
        target: edgeRef('EdgeGroup', name),
      })),
      ...(owner
        ? [{ source, type: RELATION_OWNED_BY, target: ownerRef(owner) }]
        : []),
    ];
  }

  const relations = owner ? both(OWNED, ownerRef(owner)) : [];
  if (entity.kind === 'EdgeGroup' && entity.spec.parent) {
    relations.push(...both(CHILD, edgeRef('EdgeGroup', entity.spec.parent)));
  }
  if (entity.kind === 'EdgeApplication') {
    const { namespace, component, dependsOn } = entity.spec;
    if (namespace) {
      relations.push(...both(PART, edgeRef('EdgeNamespace', namespace)));
    }
    if (component) {
      const target = parseEntityRef(component, {
        defaultKind: 'Component',
        defaultNamespace: 'default',
      });
      relations.push(...both(PART, target));
    }
    for (const name of dependsOn ?? []) {
      relations.push(...both(NEEDS, edgeRef('EdgeApplication', name)));
    }
  }
  return relations;
}
