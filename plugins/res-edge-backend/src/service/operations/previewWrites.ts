import { WriteEffect } from '@res-edge/backstage-plugin-res-edge-common';
import { ApplyResult } from '../../database';
import { Access } from '../../permissions';
import { Fleet } from '../FleetView';
import { OutlookSight } from '../queries/OutlookSight';
import { writeEffect } from '../queries';

/** What writes that were not made would cause, as far as the caller may see it. @internal */
export async function previewWrites(
  fleet: Pick<Fleet, 'whatIf'>,
  access: Access,
  { difference }: Pick<ApplyResult, 'difference'>,
): Promise<WriteEffect> {
  const outlook = await fleet.whatIf(difference);
  const written = difference.written.map(({ entity }) => entity);
  const readable = access.canRead(written);
  const sight = OutlookSight.of(
    access.fleetOf(outlook.view),
    outlook,
    written.filter((_, index) => readable[index]),
  );
  return writeEffect(outlook, sight);
}
