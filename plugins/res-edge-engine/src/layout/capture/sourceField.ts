import { EdgeApplicationEntity } from '@res-edge/backstage-plugin-res-edge-common';

const ELSEWHERE = ['git', 'helm', 'oci'] as const;

/** The field that says where the source is: problems with what is in it belong there. @public */
export function sourceField({ spec }: EdgeApplicationEntity): string {
  const kind = ELSEWHERE.find(name => spec.source[name] !== undefined);
  return `spec.source.${kind ?? 'path'}`;
}
