import { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { EventParams, EventsService } from '@backstage/plugin-events-node';
import { BOT } from '../automation/bot';
import { GitRepository } from '../git';
import { readTarget } from './readTarget';

const TOPICS = ['github.push', 'github.pull_request'];

/** What is read of GitHub's webhooks. */
interface Payload {
  repository?: { html_url?: string };
  /** Of a push. */
  ref?: string;
  after?: string;
  head_commit?: { committer?: { email?: string } } | null;
}

/**
 * Hears from GitHub's webhook, by Backstage's events, that somebody pushed or that a pull request changed. The events
 * module has checked the signature; what is said is a reason to look, and nothing more.
 *
 * @param options - `onChange`: told why to look
 * @internal
 */
export async function watchGitHub(options: {
  config: Config;
  integrations: ScmIntegrations;
  events: EventsService;
  repository: GitRepository;
  onChange: (reason: string) => void;
}): Promise<void> {
  const { config, integrations, events, repository, onChange } = options;
  const target = readTarget(config, integrations);
  if (target.type !== 'github') return;
  const url = target.url.toLowerCase();
  await events.subscribe({
    id: 'res-edge-github',
    topics: TOPICS,
    onEvent: async ({ topic, eventPayload }: EventParams) => {
      const payload = eventPayload as Payload;
      if (payload?.repository?.html_url?.toLowerCase() !== url) return;
      if (topic === 'github.push' && (await isOwn(payload))) return;
      onChange(topic);
    },
  });

  /**
   * A push of Res-Edge that is known here. What a person pushed may be known, too, where this replica only follows: the one
   * that plans has not seen it then.
   */
  async function isOwn(payload: Payload): Promise<boolean> {
    const branch = /^refs\/heads\/(.+)$/.exec(String(payload.ref))?.[1];
    if (branch === undefined) return true;
    if (payload.head_commit?.committer?.email !== BOT.email) return false;
    const tips = await repository.branches(branch);
    return tips.get(branch) === payload.after;
  }
}
