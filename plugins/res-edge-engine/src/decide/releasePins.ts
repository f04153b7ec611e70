import {
  ApplicationSelector,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { calendarClasses } from '../hold/calendarClasses';
import { readPeriod } from '../hold/policyPeriod';
import {
  ApplicationDecision,
  ApplicationRelease,
  DecideInput,
  ReleasePin,
} from '../model';
import { SelectorContext } from '../selector';
import { sharedSelector } from '../selector/compileSelector';
import { compareNames, edgeReference } from '../snapshot';
import { matchesApplication } from './prohibitions';

/** What an override pins now. @internal */
interface OverridePin {
  readonly policy: string;
  readonly applications: ApplicationSelector;
  readonly version: string;
  /** Of the clusters that it selects, those whose clock is between its start and its end. */
  readonly clusters: Bitmap;
  /** How many it selects. */
  readonly selected: number;
}

/** A release that an override pins, before it is known whether clusters remain to it. */
export interface PinnedRelease extends ReleasePin {
  readonly release: ApplicationRelease;
}

/**
 * The overrides that pin a version and have not ended, the narrowest first. One that cannot be read pins nothing; who
 * reads what overrides lift tells why.
 *
 * @internal
 */
export function overridePins(
  context: SelectorContext,
  { snapshot, decisions, now }: Omit<DecideInput, 'baseline'>,
): readonly OverridePin[] {
  const pins: OverridePin[] = [];
  const time = now.getTime();
  for (const [policy, { spec }] of decisions.policies) {
    if (spec.type !== 'override' || !spec.pins || !spec.applications) continue;
    const selected = unlessItFails(
      () => sharedSelector(context, spec.clusters).clusters,
    );
    const period = readPeriod(spec, (_, task) => unlessItFails(task));
    if (!selected || !period) continue;
    const clusters = Bitmap.empty(snapshot.size);
    let isOver = true;
    for (const item of calendarClasses(snapshot)) {
      const { from, to } = period(item.calendar);
      if (time < to) isOver = false;
      if (time >= from && time < to) clusters.or(item.clusters);
    }
    if (isOver) continue;
    pins.push({
      ...{ policy, applications: spec.applications },
      version: spec.pins.version,
      clusters: clusters.and(selected),
      selected: selected.count(),
    });
  }
  return pins.sort(
    (one, other) =>
      one.selected - other.selected || compareNames(one.policy, other.policy),
  );
}

/**
 * What of an application is pinned where: each cluster by the narrowest override.
 *
 * @param problems - gets one for each version that main does not hold
 * @internal
 */
export function releasePins(
  { entity, releases, versions = [] }: ApplicationDecision,
  overrides: readonly OverridePin[],
  problems: Problem[],
): readonly PinnedRelease[] {
  const pins: PinnedRelease[] = [];
  for (const { policy, applications, version, ...pin } of overrides) {
    if (!matchesApplication(applications, entity)) continue;
    const isIt = (release: ApplicationRelease) => release.version === version;
    const release = releases.findLast(isIt) ?? versions.find(isIt);
    if (!release) {
      problems.push({
        entity: edgeReference('EdgePolicy', policy),
        field: 'spec.pins.version',
        message: `main holds no version '${version}' of '${entity.metadata.name}'; nothing of it is pinned`,
      });
      continue;
    }
    const clusters = pin.clusters.clone();
    for (const narrower of pins) clusters.andNot(narrower.clusters);
    if (!clusters.isEmpty()) pins.push({ policy, release, clusters });
  }
  return pins;
}

function unlessItFails<T>(task: () => T): T | undefined {
  try {
    return task();
  } catch {
    return undefined;
  }
}
