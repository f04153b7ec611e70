import { EdgeEntity } from '@res-edge/backstage-plugin-res-edge-common';

/**
 * Whether a person has to merge what an entity asks for, wherever it is registered: an override lifts rules that others
 * rely on.
 *
 * @internal
 */
export function needsSignOff(entity: EdgeEntity | undefined): boolean {
  return entity?.kind === 'EdgePolicy' && entity.spec.type === 'override';
}
