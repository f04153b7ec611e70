import { EdgeKind, Rollout } from '@res-edge/backstage-plugin-res-edge-common';

const NAMESPACES = 'namespaces/';

/** What a rollout is about: an application, or the content of a namespace. */
export function rolloutSubject({ application }: Pick<Rollout, 'application'>): {
  kind: EdgeKind;
  name: string;
} {
  return application.startsWith(NAMESPACES)
    ? { kind: 'EdgeNamespace', name: application.slice(NAMESPACES.length) }
    : { kind: 'EdgeApplication', name: application };
}

/** By which the rollouts of a namespace's content are found. */
export function contentOf(namespace: string): string {
  return `${NAMESPACES}${namespace}`;
}

/** `imdb 1.4.2`. */
export function rolloutTitle(
  rollout: Pick<Rollout, 'application' | 'version'>,
): string {
  const { kind, name } = rolloutSubject(rollout);
  return kind === 'EdgeNamespace'
    ? `Content of ${name}`
    : `${name} ${rollout.version}`;
}
