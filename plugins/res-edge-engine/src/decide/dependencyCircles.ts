import { stronglyConnected } from '../snapshot/stronglyConnected';
import { compareNames } from '../snapshot';
import { canMeet } from './ApplicationRule';
import { WantedRelease } from './wantedReleases';

/** A release of an application, with the number of the application. @internal */
export interface NumberedRelease {
  readonly application: number;
  readonly name: string;
  readonly wanted: WantedRelease;
}

/**
 * The circles of `dependsOn` among releases that can meet on a cluster: for each that is in one, the applications.
 *
 * @param numbers - of the applications, by name
 * @internal
 */
export function dependencyCircles(
  releases: readonly NumberedRelease[],
  numbers: ReadonlyMap<string, number>,
): ReadonlyMap<NumberedRelease, readonly string[]> {
  const keys = new Map(releases.map((release, i) => [release, String(i)]));
  const byNumber = new Map<number, NumberedRelease[]>();
  for (const release of releases) {
    const known = byNumber.get(release.application);
    if (known) known.push(release);
    else byNumber.set(release.application, [release]);
  }
  const edges = new Map(
    releases.map(release => {
      const { dependsOn = [] } = release.wanted.release ?? {};
      const needed = dependsOn
        .flatMap(name => byNumber.get(numbers.get(name) ?? -1) ?? [])
        .filter(other => canMeet(release.wanted, other.wanted));
      return [keys.get(release)!, needed.map(other => keys.get(other)!)];
    }),
  );
  const circles = new Map<NumberedRelease, readonly string[]>();
  for (const component of stronglyConnected(edges)) {
    const [first] = component;
    if (component.length === 1 && !edges.get(first)!.includes(first)) continue;
    const members = component.map(key => releases[Number(key)]);
    const names = [...new Set(members.map(({ name }) => name))].sort(
      compareNames,
    );
    for (const member of members) circles.set(member, names);
  }
  return circles;
}
