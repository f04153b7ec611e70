import {
  EdgeApplicationEntity,
  RES_EDGE_API_VERSION,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  checkSource,
  createCapture,
  parseManifests,
  sourceBuilds,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { KustomizeBuilder } from '@res-edge/backstage-plugin-res-edge-node';
import { applicationSkeleton } from './applicationSkeleton';

const entity: EdgeApplicationEntity = {
  apiVersion: RES_EDGE_API_VERSION,
  kind: 'EdgeApplication',
  metadata: { name: 'imdb' },
  spec: {
    owner: 'group:default/pos-team',
    namespace: 'point-of-sale',
    source: { path: './apps/imdb' },
    version: '1.0.0',
    values: {
      image: 'registry.example.com/pos/imdb:1.0.0',
      logLevel: 'info',
      '2nd-banner': 'x',
    },
  },
};

describe('applicationSkeleton', () => {
  it('is a source that Res-Edge captures without problems, built by the real kustomize', async () => {
    const files = applicationSkeleton({
      name: 'imdb',
      port: 8080,
      requests: { cpu: '250m', memory: '64Mi' },
      values: Object.keys(entity.spec.values!),
    });
    const source = { origin: 'workspace', files, patches: new Map() };
    expect(checkSource(entity, source)).toEqual([]);

    const builder = KustomizeBuilder.create();
    const built = new Map();
    for (const build of sourceBuilds(entity, source)) {
      const text = await builder.build(build.files, build.folder);
      built.set(build.key, parseManifests(text));
    }
    const capture = createCapture(entity, source, built);
    expect(capture.problems).toEqual([]);
    expect(capture.requests).toMatchObject({ cpu: '250m', memory: '64Mi' });
    expect(capture.clusterKeys).toEqual(['name']);
  });
});
