import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  EdgeEntity,
  entityRefOf,
  isEdgeEntity,
  validateEdgeEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Entity } from '@backstage/catalog-model';
import { parseAllDocuments } from 'yaml';

const examples = path.resolve(__dirname, '../../../examples');

function read(folder: string): { file: string; entity: Entity }[] {
  const directory = path.join(examples, folder);
  return readdirSync(directory)
    .filter(name => name.endsWith('.yaml'))
    .flatMap(name => {
      const file = path.join(directory, name);
      return parseAllDocuments(readFileSync(file, 'utf8')).map(document => ({
        file,
        entity: document.toJS() as Entity,
      }));
    });
}

function referencesOf(entity: EdgeEntity): string[] {
  const groups = (names: (string | undefined)[]) =>
    names.flatMap(name => (name ? [entityRefOf('EdgeGroup', name)] : []));
  switch (entity.kind) {
    case 'EdgeCluster':
      return groups(entity.spec.groups ?? []);
    case 'EdgeGroup':
      return groups([entity.spec.parent]);
    case 'EdgeApplication':
      return [
        ...(entity.spec.dependsOn ?? []).map(name =>
          entityRefOf('EdgeApplication', name),
        ),
        entityRefOf('EdgeNamespace', entity.spec.namespace!),
      ];
    default:
      return [];
  }
}

describe('examples/labs', () => {
  const documents = read('labs');
  const edge = documents.map(({ entity }) => entity).filter(isEdgeEntity);
  const byName = (kind: string) =>
    edge
      .filter(entity => entity.kind === kind)
      .map(entity => entity.metadata.name);

  it('is valid, and what it refers to is there', () => {
    const known = new Set(
      edge.map(({ kind, metadata }) => entityRefOf(kind, metadata.name)),
    );
    for (const entity of edge) {
      validateEdgeEntity(entity);
      expect(referencesOf(entity).filter(ref => !known.has(ref))).toEqual([]);
    }
  });

  it('is the fleet of the original', () => {
    expect(byName('EdgeCluster')).toHaveLength(18);
    expect(byName('EdgeGroup')).toHaveLength(18);
    expect(byName('EdgeNamespace')).toEqual([
      'heartbeat',
      'imdb',
      'dogs-cats',
      'tabs-spaces',
    ]);
    const sources = edge.flatMap(entity =>
      entity.kind === 'EdgeApplication' ? [entity.spec.source.path] : [],
    );
    expect(sources).toHaveLength(5);
    expect(new Set(sources).size).toBe(4);
  });

  it('has a manifest for every source', () => {
    for (const { file, entity } of documents) {
      if (isEdgeEntity(entity) && entity.kind === 'EdgeApplication') {
        const folder = path.resolve(
          path.dirname(file),
          entity.spec.source.path,
        );
        expect(readdirSync(folder)).toContain('kustomization.yaml');
      }
    }
  });
});
