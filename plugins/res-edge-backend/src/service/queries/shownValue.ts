import { ResolvedValue } from '@res-edge/backstage-plugin-res-edge-common';
import { VisibleFleet } from '../../permissions';

/** A value with those of its origins that the caller may see; what a hidden one would have set is left out. @internal */
export function shownValue(
  fleet: VisibleFleet,
  { origin, overrides, ...value }: ResolvedValue,
): ResolvedValue {
  const shown = overrides?.filter(
    weaker => fleet.reference(weaker.origin) !== undefined,
  );
  return {
    ...value,
    origin: fleet.reference(origin),
    ...(shown && shown.length > 0 && { overrides: shown }),
  };
}
