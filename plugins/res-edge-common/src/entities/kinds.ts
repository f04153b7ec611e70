import { Entity } from '@backstage/catalog-model';
import {
  EDGE_KINDS,
  EdgeApplicationEntity,
  EdgeClusterEntity,
  EdgeEntity,
  EdgeGroupEntity,
  EdgeKind,
  EdgeNamespaceEntity,
  EdgePolicyEntity,
  RES_EDGE_API_VERSION,
} from './types';

/** Whether a kind is one of Res-Edge, written as in YAML. @public */
export function isEdgeKind(kind: string): kind is EdgeKind {
  return EDGE_KINDS.some(known => known === kind);
}

/** The kind as YAML writes it, for one in any case, as references have it: `edgecluster` is `EdgeCluster`. @public */
export function edgeKindOf(kind: string): EdgeKind | undefined {
  return EDGE_KINDS.find(known => known.toLowerCase() === kind.toLowerCase());
}

/** The reference of an entity, in lower case: `edgecluster:default/central-tx-atx-2301`. @public */
export function entityRefOf(kind: EdgeKind, name: string): string {
  return `${kind.toLowerCase()}:default/${name.toLowerCase()}`;
}

/** Whether an entity is of Res-Edge, by kind and apiVersion; it may still be invalid. @public */
export function isEdgeEntity(entity: Entity): entity is EdgeEntity {
  return entity.apiVersion === RES_EDGE_API_VERSION && isEdgeKind(entity.kind);
}

/** @public */
export function isEdgeCluster(entity: Entity): entity is EdgeClusterEntity {
  return isEdgeEntity(entity) && entity.kind === 'EdgeCluster';
}

/** @public */
export function isEdgeGroup(entity: Entity): entity is EdgeGroupEntity {
  return isEdgeEntity(entity) && entity.kind === 'EdgeGroup';
}

/** @public */
export function isEdgeNamespace(entity: Entity): entity is EdgeNamespaceEntity {
  return isEdgeEntity(entity) && entity.kind === 'EdgeNamespace';
}

/** @public */
export function isEdgeApplication(
  entity: Entity,
): entity is EdgeApplicationEntity {
  return isEdgeEntity(entity) && entity.kind === 'EdgeApplication';
}

/** @public */
export function isEdgePolicy(entity: Entity): entity is EdgePolicyEntity {
  return isEdgeEntity(entity) && entity.kind === 'EdgePolicy';
}
