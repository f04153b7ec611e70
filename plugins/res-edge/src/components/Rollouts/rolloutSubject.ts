import { EdgeKind, Rollout } from '@res-edge/backstage-plugin-res-edge-common';

type ContentKind = 'EdgeNamespace' | 'EdgeGroup';

const FOLDERS: Record<ContentKind, string> = {
  EdgeNamespace: 'namespaces/',
  EdgeGroup: 'groups/',
};

/** What a rollout is about: an application, or the content of a namespace or group. */
export function rolloutSubject({ application }: Pick<Rollout, 'application'>): {
  kind: EdgeKind;
  name: string;
} {
  for (const kind of ['EdgeNamespace', 'EdgeGroup'] as const) {
    const folder = FOLDERS[kind];
    if (application.startsWith(folder))
      return { kind, name: application.slice(folder.length) };
  }
  return { kind: 'EdgeApplication', name: application };
}

/** By which the rollouts of a content are found. */
export function contentOf(kind: ContentKind, name: string): string {
  return `${FOLDERS[kind]}${name}`;
}

/** `imdb 1.4.2`. */
export function rolloutTitle(
  rollout: Pick<Rollout, 'application' | 'version'>,
): string {
  const { kind, name } = rolloutSubject(rollout);
  return kind === 'EdgeApplication'
    ? `${name} ${rollout.version}`
    : `Content of ${name}`;
}
