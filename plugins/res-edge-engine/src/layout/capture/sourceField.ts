import { EdgeApplicationEntity } from '@res-edge/backstage-plugin-res-edge-common';

/** The field that says where the source is: problems with what is in it belong there. @public */
export function sourceField({ spec }: EdgeApplicationEntity): string {
  return spec.source.git ? 'spec.source.git' : 'spec.source.path';
}
