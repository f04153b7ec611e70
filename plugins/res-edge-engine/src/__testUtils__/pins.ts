import {
  EdgePolicyEntity,
  Selector,
} from '@res-edge/backstage-plugin-res-edge-common';
import fc from 'fast-check';
import { Decisions } from '../model';
import { pin, release } from './build';

/** Overrides of three names that pin some versions, for some milliseconds from 1970 on. */
export const pins = (
  applications: readonly string[],
  selectors: fc.Arbitrary<Selector>,
): fc.Arbitrary<EdgePolicyEntity> =>
  fc
    .record({
      name: fc.constantFrom('o0', 'o1', 'o2'),
      names: fc.subarray([...applications], { minLength: 1 }),
      clusters: selectors,
      version: fc.constantFrom('1.0.0', '2.0.0', '3.0.0', '4.0.0'),
      start: fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }),
      end: fc.integer({ min: 0, max: 8 }),
    })
    .map(({ name, names, clusters, version, start, end }) =>
      pin(
        name,
        {
          ...{ applications: { names }, clusters },
          ...(start !== undefined && { start: new Date(start).toISOString() }),
          end: new Date(end).toISOString(),
        },
        version,
      ),
    );

/** Applications of which main holds a version that no ring has. */
export function withVersion(
  applications: Decisions['applications'],
  version: string,
  needs: Pick<
    Parameters<typeof release>[2] & object,
    'requests' | 'dependsOn'
  > = {},
): Decisions['applications'] {
  return new Map(
    Array.from(applications, ([name, decision]) => [
      name,
      { ...decision, versions: [release(name, '', { ...needs, version })] },
    ]),
  );
}
