import { InputError } from '@backstage/errors';
import { compareBuild, parse, SemVer, validRange, Range } from 'semver';
import { compareStrings } from '../util/compareStrings';

/** What becomes a folder on main. */
const MAX_LENGTH = 63;
const VERSION = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

/** A version by SemVer, with a `v` before it or without; undefined where it is none. @internal */
export function semVerOf(name: string): SemVer | undefined {
  if (name.length > MAX_LENGTH) return undefined;
  const text = name.replace(/^v/, '');
  // Parsing alone is more lenient about what stands around.
  return VERSION.test(text) ? parse(text) ?? undefined : undefined;
}

/**
 * The newest of some names that is a version in a range. Others are passed over; releases before a version count where the
 * range names one of the same version.
 *
 * @param names - versions, tags, and whatever else there is
 * @throws InputError where the range is none
 * @internal
 */
export function newestVersion(
  names: readonly string[],
  range: string,
): string | undefined {
  if (validRange(range) === null) {
    throw new InputError(
      `'${range}' is no range of versions; allowed are those of npm, such as ~1.4, 1.x and >=1.4.2 <2`,
    );
  }
  const wanted = new Range(range);
  let newest: { name: string; version: SemVer } | undefined;
  for (const name of names) {
    const version = semVerOf(name);
    if (!version || !wanted.test(version)) continue;
    const order = newest ? compareBuild(version, newest.version) : 1;
    // v1.4.0 and 1.4.0 side by side: always the same one.
    if (order > 0 || (order === 0 && compareStrings(name, newest!.name) < 0)) {
      newest = { name, version };
    }
  }
  return newest?.name;
}
