import {
  ChangePage,
  RecordPage,
} from '@res-edge/backstage-plugin-res-edge-common';
import { resedge } from '../__testUtils__/resedge';
import { TestAnswer, TestServer } from '../__testUtils__/TestServer';

const record = (kind: string, name: string, revision: number) => ({
  entity: {
    apiVersion: 'res-edge.io/v1alpha1',
    kind,
    metadata: { name },
    spec: {},
  },
  origin: { type: 'api' as const },
  revision,
});

const change = (
  action: 'created' | 'updated' | 'deleted',
  kind: 'EdgeCluster' | 'EdgeGroup',
  name: string,
  revision: number,
) => ({ action, kind, name, revision });

/** At revision 7 when it is asked first; each time that it is asked for changes there is one revision more. */
function feed(): (request: {
  path: string;
  query: URLSearchParams;
}) => TestAnswer {
  let revision = 7;
  return ({ path, query }) => {
    const since = query.get('since');
    if (since === '1') {
      const message = 'Changes since 1 are not kept';
      return {
        status: 410,
        body: { error: { name: 'ResponseError', message } },
      };
    }
    const isFeed = path.endsWith('/changes');
    if (since === null) {
      const nothing = isFeed ? { changes: [] } : { records: [], deleted: [] };
      return { body: { revision, ...nothing } };
    }
    revision += 1;
    if (isFeed) {
      const page: ChangePage = {
        revision,
        changes: [
          change('updated', 'EdgeCluster', `store-${since}`, revision),
          change('created', 'EdgeGroup', 'central', revision),
          change('deleted', 'EdgeCluster', 'store-0', revision),
        ],
      };
      return { body: page };
    }
    const page: RecordPage = {
      revision,
      records: [
        record('EdgeCluster', `store-${since}`, revision),
        record('EdgeGroup', 'central', revision),
      ],
      deleted: [{ kind: 'EdgeCluster', name: 'store-0' }],
    };
    return { body: page };
  };
}

describe('watch', () => {
  it('tells what changes from now on, of one kind or of all', async () => {
    const server = await TestServer.create(feed());
    const at = ['--server', server.url];
    const clusters = await resedge('watch', 'clusters', '--count', '3', ...at);
    expect(clusters).toMatchObject({
      status: 0,
      stderr: '',
      stdout: `changed edgecluster:default/store-7
deleted edgecluster:default/store-0
changed edgecluster:default/store-8
`,
    });
    const names = ['watch', '--count', '2', '-o', 'name', '--since', '3'];
    expect((await resedge(...names, ...at)).stdout).toBe(
      'edgecluster:default/store-3\nedgegroup:default/central\n',
    );
    const one = ['watch', '--count', '1', '-o', 'json', '--since', '3'];
    expect((await resedge(...one, ...at)).json()).toMatchObject({
      change: 'changed',
      ref: 'edgecluster:default/store-3',
      record: { entity: { metadata: { name: 'store-3' } } },
    });
  });

  it('says that changes were missed', async () => {
    const server = await TestServer.create(feed());
    expect(
      await resedge('watch', '--since', '1', '--server', server.url),
    ).toMatchObject({
      status: 1,
      stdout: '',
      stderr: 'resedge: Changes since 1 are not kept\n',
    });
  });
});
