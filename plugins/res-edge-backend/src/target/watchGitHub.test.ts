import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { BOT } from '../automation/bot';
import { GitRepository } from '../git';
import { watchGitHub } from './watchGitHub';

const URL = 'https://github.com/Fleet/gitops';
const TIP = 'a'.repeat(40);

async function watch(git: object) {
  const events = mockServices.events();
  const onChange = jest.fn();
  const config = new ConfigReader({ resEdge: { git } });
  const repository = {
    branches: async (prefix: string) =>
      new Map(
        [['main', TIP]].filter(([name]) => name.startsWith(prefix)) as [],
      ),
  } as unknown as GitRepository;
  const integrations = ScmIntegrations.fromConfig(config);
  await watchGitHub({ config, integrations, events, repository, onChange });
  return {
    onChange,
    async push(topic: string, eventPayload: object) {
      await events.publish({ topic, eventPayload });
    },
  };
}

describe('watchGitHub', () => {
  it('looks where somebody else changed something of the repository', async () => {
    const { onChange, push } = await watch({ type: 'github', url: URL });
    const repository = { html_url: URL.toLowerCase() };
    const other = { html_url: 'https://github.com/fleet/other' };
    const own = { head_commit: { committer: BOT } };
    const pushed = { ref: 'refs/heads/main', after: 'b'.repeat(40), ...own };
    await push('github.pull_request', { repository: other });
    await push('github.push', { repository: other, ...pushed });
    await push('github.push', { repository, ...pushed, after: TIP });
    await push('github.push', { repository, ref: 'refs/tags/x', after: TIP });
    await push('github.issues', { repository });
    await push('github.push', {});
    await push('github.push', 'x' as never);
    expect(onChange).not.toHaveBeenCalled();

    await push('github.push', { repository, ...pushed });
    await push('github.push', {
      repository,
      ref: 'refs/heads/../../x',
      after: TIP,
      ...own,
    });
    // Followed already, but not planned from.
    const eve = { committer: { name: 'Eve', email: 'eve@example.org' } };
    const known = { ref: 'refs/heads/main', after: TIP };
    await push('github.push', { repository, ...known, head_commit: eve });
    await push('github.push', { repository, ...known, head_commit: null });
    await push('github.pull_request', { repository, action: 'closed' });
    expect(onChange.mock.calls).toEqual([
      ...Array.from({ length: 4 }, () => ['github.push']),
      ['github.pull_request'],
    ]);
  });

  it('hears nothing of a local repository', async () => {
    const { onChange, push } = await watch({ type: 'local' });
    await push('github.pull_request', { repository: { html_url: URL } });
    expect(onChange).not.toHaveBeenCalled();
  });
});
