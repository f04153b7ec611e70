import {
  edgeKindOf,
  entityRefOf,
  isEdgeApplication,
  isEdgeCluster,
  isEdgeEntity,
  isEdgeGroup,
  isEdgeKind,
  isEdgeNamespace,
  isEdgePolicy,
} from './kinds';
import { EDGE_KINDS, RES_EDGE_API_VERSION } from './types';

const guards = {
  EdgeCluster: isEdgeCluster,
  EdgeGroup: isEdgeGroup,
  EdgeNamespace: isEdgeNamespace,
  EdgeApplication: isEdgeApplication,
  EdgePolicy: isEdgePolicy,
};

describe('kinds', () => {
  it('writes references in lower case', () => {
    expect(entityRefOf('EdgeCluster', 'Central-1')).toBe(
      'edgecluster:default/central-1',
    );
    expect(edgeKindOf('edgecluster')).toBe('EdgeCluster');
    expect(edgeKindOf('constructor')).toBeUndefined();
    expect(isEdgeKind('edgecluster')).toBe(false);
  });

  it.each(EDGE_KINDS.map(kind => [kind]))('tells %s from others', kind => {
    const entity = {
      apiVersion: RES_EDGE_API_VERSION,
      kind,
      metadata: { name: 'a' },
    };
    expect(isEdgeEntity(entity)).toBe(true);
    expect(isEdgeEntity({ ...entity, apiVersion: 'v1' })).toBe(false);
    for (const other of EDGE_KINDS) {
      expect(guards[other](entity)).toBe(other === kind);
    }
  });
});
