import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import path from 'node:path';
import { readTarget } from './readTarget';

function read(git?: object) {
  const config = new ConfigReader({
    integrations: {
      gitlab: [{ host: 'gitlab.example.org', apiBaseUrl: 'https://x/api' }],
      github: [{ host: '127.0.0.1:8080', apiBaseUrl: 'http://127.0.0.1:8080' }],
    },
    resEdge: { git },
  });
  return readTarget(config, ScmIntegrations.fromConfig(config));
}

const url = 'https://gitlab.example.org/fleet/gitops.git';

describe('readTarget', () => {
  it('is a folder where nothing is said, or a server with its copy', () => {
    const folder = path.resolve('.local/gitops.git');
    expect(read()).toEqual({ type: 'local', folder });
    expect(read({ type: 'git', url, folder: '/srv/copy' })).toEqual({
      type: 'git',
      folder: '/srv/copy',
      url,
    });
    const loopback = 'http://127.0.0.1:8080/fleet/gitops';
    expect(read({ type: 'git', url: `${loopback}/` })).toMatchObject({
      url: loopback,
    });
  });

  it.each([
    [
      {
        ...{ type: 'github', url: 'https://github.com/fleet/gitops' },
        pullRequests: { mergeMethod: 'octopus' },
      },
      /^resEdge.git.pullRequests.mergeMethod: 'octopus' is unknown; allowed are merge, squash, rebase/,
    ],
    [
      { type: 'svn' },
      /^resEdge.git.type: 'svn' is unknown; allowed are local, /,
    ],
    [{ url }, /^resEdge.git.url is of no use with resEdge.git.type 'local'/],
    [{ type: 'git' }, /resEdge.git.url/],
    [{ type: 'git', url: 'x' }, /^resEdge.git.url: "x" is no URL/],
    [
      { type: 'git', url: 'https://169.254.169.254/latest' },
      /^resEdge.git.url: '169.254.169.254' is no host of a configured integration/,
    ],
    [
      { type: 'git', url: 'https://ann:secret@gitlab.example.org/x' },
      /^(?!.*secret)resEdge.git.url: a URL with credentials/,
    ],
    [
      { type: 'git', url: 'http://gitlab.example.org/x' },
      /'http:' is not allowed; allowed is https/,
    ],
    [{ type: 'git', url: 'file:///etc' }, /'file:' is not allowed/],
    [{ type: 'git', url: 'ext::sh -c x' }, /is not allowed/],
  ])('refuses %p', (git, message) => {
    expect(() => read(git)).toThrow(message);
  });
});
