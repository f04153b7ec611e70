import { Decisions } from '../model';

/** What has content that rolls out. @public */
export interface ContentSubject {
  readonly kind: 'EdgeNamespace' | 'EdgeGroup';
  readonly name: string;
}

const FOLDERS = { EdgeNamespace: 'namespaces/', EdgeGroup: 'groups/' } as const;
const KINDS = ['EdgeNamespace', 'EdgeGroup'] as const;

/** What the rollout of a content is kept under, where that of an application has its name. @public */
export function contentSubject({ kind, name }: ContentSubject): string {
  return `${FOLDERS[kind]}${name}`;
}

/** What the rollout of a namespace's content is kept under. @public */
export function namespaceSubject(name: string): string {
  return contentSubject({ kind: 'EdgeNamespace', name });
}

/** What the rollout of a group's content is kept under. @public */
export function groupSubject(name: string): string {
  return contentSubject({ kind: 'EdgeGroup', name });
}

/** Whose content rolls out; undefined where an application does. @public */
export function subjectContent(subject: string): ContentSubject | undefined {
  const kind = KINDS.find(each => subject.startsWith(FOLDERS[each]));
  return kind && { kind, name: subject.slice(FOLDERS[kind].length) };
}

/** The policy that main names for what rolls out; undefined where it names none, or does not know it. @public */
export function subjectPolicy(
  { applications, namespaces, groups }: Decisions,
  subject: string,
): string | undefined {
  const content = subjectContent(subject);
  switch (content?.kind) {
    case 'EdgeGroup':
      return groups.get(content.name)?.rollout;
    case 'EdgeNamespace':
      return namespaces.get(content.name)?.entity.spec.rollout;
    default:
      return applications.get(subject)?.entity.spec.rollout;
  }
}
