import { ClusterBootstrap } from '@res-edge/backstage-plugin-res-edge-common';
import { resedge } from '../__testUtils__/resedge';
import { TestFolder } from '../__testUtils__/TestFolder';
import { TestRequest, TestServer } from '../__testUtils__/TestServer';

function found(name: string): ClusterBootstrap {
  return {
    cluster: 'store-1',
    engine: 'flux',
    transport: 'git',
    url: 'https://git.example.com/fleet.git',
    branch: 'delivery/shard-001',
    files: [
      { name, purpose: 'Apply it.', content: 'kind: GitRepository\n' },
      { name: 'arc.sh', purpose: 'For Arc.', content: 'az \u001b[31mx\n' },
    ],
    problems: [
      {
        entity: 'edgepolicy:default/nights',
        field: 'spec.allow[0]',
        message: 'it is not the same every week',
      },
    ],
  };
}

async function serverWith(file: string) {
  return TestServer.create(({ path }: TestRequest) =>
    path === '/api/res-edge/v1/clusters/store-1/bootstrap'
      ? { body: found(file) }
      : { status: 404, body: { error: { name: 'NotFoundError' } } },
  );
}

describe('resedge bootstrap', () => {
  it('prints what the cluster itself needs, harmless for a terminal', async () => {
    const { url, requests } = await serverWith('res-edge.yaml');
    const { status, stdout } = await resedge(
      ...['bootstrap', 'store-1', '--engine', 'argocd', '--server', url],
    );
    expect(status).toBe(0);
    expect(requests[0].query.get('engine')).toBe('argocd');
    expect(stdout).toContain(
      '# store-1 follows delivery/shard-001 of https://git.example.com/fleet.git\n',
    );
    expect(stdout).toContain(
      '# res-edge.yaml\n# Apply it.\nkind: GitRepository\n',
    );
    expect(stdout).toContain(
      '# Problem of edgepolicy:default/nights, spec.allow[0]: it is not the same every week\n',
    );
    expect(stdout).not.toContain('\u001b');
  });

  it('writes the files, and no other', async () => {
    const folder = TestFolder.create();
    const { url } = await serverWith('res-edge.yaml');
    const call = ['bootstrap', 'store-1', '--server', url];
    const { status, stdout } = await resedge(...call, '--out', folder.at('x'));
    expect(status).toBe(0);
    expect(stdout).not.toContain('kind:');
    expect(folder.read('x/res-edge.yaml')).toBe('kind: GitRepository\n');
    const { url: hostile } = await serverWith('../evil.yaml');
    const refused = await resedge(
      ...['bootstrap', 'store-1', '--server', hostile],
      ...['--out', folder.at('y')],
    );
    expect(refused.status).not.toBe(0);
  });

  it('is JSON for programs', async () => {
    const { url } = await serverWith('res-edge.yaml');
    const { stdout } = await resedge(
      ...['bootstrap', 'store-1', '--server', url, '-o', 'json'],
    );
    expect(JSON.parse(stdout)).toEqual(found('res-edge.yaml'));
  });
});
