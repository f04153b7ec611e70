const PREFIX = 'namespaces/';

/** What the rollout of a namespace's content is kept under, where that of an application has its name. @public */
export function namespaceSubject(namespace: string): string {
  return `${PREFIX}${namespace}`;
}

/** The namespace whose content rolls out; undefined where an application does. @public */
export function subjectNamespace(subject: string): string | undefined {
  return subject.startsWith(PREFIX) ? subject.slice(PREFIX.length) : undefined;
}
