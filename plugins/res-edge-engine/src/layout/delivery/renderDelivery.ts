import { DeliveryRendering } from '../../model';
import type { DeliveryInput } from './DeliveryInput';
import { DeliveryRenderer } from './DeliveryRenderer';

/**
 * All that the delivery branches must change to hold what a plan says, at once and from nothing; see
 * {@link DeliveryRenderer}.
 *
 * @public
 */
export function renderDelivery(input: DeliveryInput): DeliveryRendering {
  const run = DeliveryRenderer.create().render(input);
  return { shards: [...run.shards], problems: run.problems() };
}
