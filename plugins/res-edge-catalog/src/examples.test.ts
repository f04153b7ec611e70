import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  EdgeEntity,
  entityRefOf,
  isEdgeEntity,
  validateEdgeEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Entity } from '@backstage/catalog-model';
import { KustomizeBuilder } from '@res-edge/backstage-plugin-res-edge-node';
import { parseAllDocuments } from 'yaml';
// The examples are folders to copy, not a package.
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import {
  generateRetailFleet,
  writeRetailFleet,
} from '../../../examples/retail/generate';

const examples = path.resolve(__dirname, '../../../examples');

function read(directory: string): { file: string; entity: Entity }[] {
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

function filesBelow(folder: string): Map<string, Buffer> {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => path.join(entry.parentPath, entry.name))
      .map(file => [path.relative(folder, file), readFileSync(file)]),
  );
}

function unknownReferences(entities: readonly EdgeEntity[]): string[] {
  const known = new Set(
    entities.map(({ kind, metadata }) => entityRefOf(kind, metadata.name)),
  );
  expect(known.size).toBe(entities.length);
  return entities.flatMap(referencesOf).filter(ref => !known.has(ref));
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
  const documents = read(path.join(examples, 'labs'));
  const edge = documents.map(({ entity }) => entity).filter(isEdgeEntity);
  const byName = (kind: string) =>
    edge
      .filter(entity => entity.kind === kind)
      .map(entity => entity.metadata.name);

  it('is valid, and what it refers to is there', () => {
    edge.forEach(validateEdgeEntity);
    expect(unknownReferences(edge)).toEqual([]);
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
});

describe('examples/retail', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'retail-'));
  const fleet = generateRetailFleet({ clusters: 700, seed: 7 });
  const entities: EdgeEntity[] = Object.values(fleet).flat();

  afterAll(() => rmSync(directory, { recursive: true }));

  it.each([0, 1, 2, 40])('is valid with %d clusters', clusters => {
    const small = generateRetailFleet({ clusters });
    expect(small.clusters).toHaveLength(clusters);
    Object.values(small).flat().forEach(validateEdgeEntity);
  });

  it('is valid but for one group that is not there, and one quantity', () => {
    entities.forEach(validateEdgeEntity);
    expect(unknownReferences(entities)).toEqual([
      'edgegroup:default/geo.us.northeast.ny.atlantis',
    ]);
    expect(
      fleet.clusters.filter(({ spec }) => spec.capacity?.memory === '64 gigs'),
    ).toHaveLength(1);
  });

  it('has 40 namespaces and 100 applications on 12 sources', () => {
    expect(fleet.namespaces).toHaveLength(40);
    expect(fleet.applications).toHaveLength(100);
    expect(
      new Set(fleet.applications.map(({ spec }) => spec.source.path)).size,
    ).toBe(12);
  });

  it('is the same for the same seed, and another for another', () => {
    const again = generateRetailFleet({ clusters: 700, seed: 7 });
    expect(JSON.stringify(again)).toBe(JSON.stringify(fleet));
    const other = generateRetailFleet({ clusters: 700, seed: 8 });
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(fleet));
  });

  it('has stores that the sentence of the model means', () => {
    const { selector } = fleet.namespaces.find(
      ({ metadata }) => metadata.name === 'grill-guidance',
    )!.spec;
    expect(selector).toEqual({
      groups: ['geo.us.northeast'],
      matchLabels: { ownership: 'corporate', size: 'large' },
      matchExpressions: [
        { key: 'driveThrough', operator: 'In', values: ['multi-lane'] },
        { key: 'grill', operator: 'In', values: ['acme3000', 'acme3001'] },
      ],
    });
    const meant = fleet.clusters.filter(
      ({ metadata: { labels }, spec: { groups, attributes } }) =>
        groups!.some(name => name.startsWith('geo.us.northeast.')) &&
        labels!.ownership === 'corporate' &&
        labels!.size === 'large' &&
        attributes!.driveThrough === 'multi-lane' &&
        /acme300[01]/.test(String(attributes!.grill)),
    );
    expect(meant.length).toBeGreaterThan(0);
  });

  it('writes YAML that says the same, in files that the catalog can read', () => {
    const folder = path.join(directory, 'yaml');
    writeRetailFleet(fleet, {
      folder,
      sources: path.join(examples, 'retail/apps'),
      ndjson: false,
    });
    const written = read(folder);
    const byName = (list: readonly Entity[]) =>
      new Map(list.map(one => [`${one.kind}/${one.metadata.name}`, one]));
    expect(byName(written.map(({ entity }) => entity))).toEqual(
      byName(entities),
    );
    expect(readdirSync(folder)).toEqual(
      expect.arrayContaining(['apps', 'clusters-002.yaml', 'groups.yaml']),
    );
    expect(readdirSync(path.join(folder, 'apps'))).toHaveLength(12);
  });

  it('writes one entity a line', () => {
    const folder = path.join(directory, 'ndjson');
    writeRetailFleet(fleet, {
      folder,
      sources: path.join(examples, 'retail/apps'),
      ndjson: true,
    });
    const lines = readFileSync(path.join(folder, 'fleet.ndjson'), 'utf8');
    expect(
      lines
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line)),
    ).toEqual(entities);
  });
});

describe('the sources of the examples', () => {
  const builder = KustomizeBuilder.create();
  const sources = ['labs', 'retail', 'requests'].flatMap(folder => {
    const apps = path.join(examples, folder, 'apps');
    return readdirSync(apps).map(name => path.join(apps, name));
  });

  it.each(sources.map(source => [path.relative(examples, source)]))(
    '%s builds',
    async source => {
      const manifests = await builder.build(
        filesBelow(path.join(examples, source)),
      );
      expect(parseAllDocuments(manifests).length).toBeGreaterThan(0);
    },
  );

  it('are those that the applications name', () => {
    const named = ['labs', 'requests'].flatMap(folder =>
      read(path.join(examples, folder)).flatMap(({ file, entity }) =>
        isEdgeEntity(entity) && entity.kind === 'EdgeApplication'
          ? [path.resolve(path.dirname(file), entity.spec.source.path!)]
          : [],
      ),
    );
    const retail = generateRetailFleet({ clusters: 0 }).applications.map(
      ({ spec }) => path.resolve(examples, 'retail', spec.source.path!),
    );
    expect([...new Set([...named, ...retail])].sort()).toEqual(sources.sort());
  });
});

it('examples/requests are valid', () => {
  const requests = read(path.join(examples, 'requests'));
  expect(requests.map(({ entity }) => validateEdgeEntity(entity).kind)).toEqual(
    ['EdgeApplication'],
  );
});
