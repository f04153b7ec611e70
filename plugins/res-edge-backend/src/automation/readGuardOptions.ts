import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { GuardOptions } from '@res-edge/backstage-plugin-res-edge-engine';

/** `resEdge.guard`, which config.d.ts documents. @throws InputError with the key, where a value is of no use @internal */
export function readGuardOptions(config: Config): GuardOptions {
  const share = config.getOptionalNumber('resEdge.guard.share') ?? 0.05;
  const atLeast = config.getOptionalNumber('resEdge.guard.atLeast') ?? 10;
  if (!(share >= 0 && share <= 1)) {
    throw new InputError(
      `resEdge.guard.share: ${share} is no share; allowed are numbers from 0 to 1`,
    );
  }
  if (!Number.isInteger(atLeast) || atLeast < 1) {
    throw new InputError(
      `resEdge.guard.atLeast: ${atLeast} is no number of clusters; allowed are whole numbers from 1`,
    );
  }
  return { share, atLeast };
}
