import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import {
  buildAsFlux,
  KustomizeBuilder,
} from '@res-edge/backstage-plugin-res-edge-node';
import { resolveClusterValues } from '@res-edge/backstage-plugin-res-edge-engine';
import { parseAllDocuments } from 'yaml';
import { DeliveredFleet } from './testing/DeliveredFleet';

// About a hundred builds; each takes milliseconds, on a machine that does nothing else.
jest.setTimeout(120_000);

const LABS = join(__dirname, '../../../../examples/labs');

function labsFiles(): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(LABS, {
    recursive: true,
    withFileTypes: true,
  })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(LABS, path), readFileSync(path, 'utf8'));
  }
  return files;
}

describe('the delivered labs fleet', () => {
  it('builds with the real kustomize, for each cluster, to what the engine says', async () => {
    const builder = KustomizeBuilder.create();
    const files = labsFiles();
    const entities = [...files]
      .filter(([path]) => /^[^/]+\.yaml$/.test(path))
      .flatMap(([, text]) => parseAllDocuments(text).map(doc => doc.toJS()))
      .filter(entity => /^Edge/.test(entity?.kind));
    const fleet = new DeliveredFleet(builder);
    await fleet.deliver({ entities, files });
    expect(fleet.problems).toEqual([]);

    const { plan, decisions } = fleet;
    expect(plan.snapshot.size).toBe(18);
    for (const [number, cluster] of plan.snapshot.clusters.entries()) {
      const { name } = cluster.metadata;
      const { bill, kustomizations } = await buildAsFlux(
        builder,
        fleet.treeOf(name),
        name,
      );
      const expected = [
        ...[...plan.applications.values()]
          .filter(({ placed }) => placed.has(number))
          .map(application => `app-${application.name}`),
        ...[...plan.namespaces]
          .filter(([, clusters]) => clusters.has(number))
          .map(([namespace]) => `ns-${namespace}`),
      ];
      const given = [...kustomizations.keys()].filter(
        kustomization => !kustomization.startsWith('addons-'),
      );
      expect(given.sort()).toEqual(expected.sort());

      const text = JSON.stringify([bill, ...kustomizations]);
      expect(text).not.toContain('resedgedummy');
      expect(text).not.toContain('${{');
      expect(text).not.toContain('"cluster-values"');
      const values = new Map(
        resolveClusterValues(plan.snapshot, decisions, number).values.map(
          ({ key, value }) => [key, value],
        ),
      );
      const imdb = kustomizations.get('app-imdb')!;
      expect(imdb.map(({ kind }) => kind).sort()).toEqual([
        'ConfigMap',
        'Deployment',
        'Service',
      ]);
      for (const object of imdb) expect(object.metadata.namespace).toBe('imdb');
      const config = imdb.find(({ kind }) => kind === 'ConfigMap')!;
      expect(config.data).toEqual({
        BANNER: values.get('banner'),
        ENVIRONMENT: 'prod',
        PAGE_SIZE: '100',
      });
      const deployment = JSON.stringify(
        imdb.find(({ kind }) => kind === 'Deployment'),
      );
      expect(deployment).toContain(`"https://${values.get('posHost')}/orders"`);
      expect(deployment).toContain(`"${name}.stores.example.com"`);
    }
  });
});
