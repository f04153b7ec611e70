import { ApplicationSelector } from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { matchesApplication } from '../decide/prohibitions';
import { Decisions } from '../model';
import { HoldClock, Opening } from './HoldClock';
import { HoldSubject, namespaceOf } from './HoldRule';
import { HoldSchedule } from './HoldSchedule';
import { latestOpenings } from './latestOpenings';

/**
 * When the values of clusters may change, and the components of their groups: what is held on a cluster keeps them, whatever
 * it is. Asked as {@link HoldSchedule.clock} is.
 *
 * @public
 */
export function valuesClock(
  schedule: HoldSchedule,
  decisions: Decisions,
  size: number,
): HoldClock {
  const clocks = distinctSubjects(decisions).map(subject =>
    schedule.clock(subject),
  );
  let held: Bitmap | undefined;
  let openings: readonly Opening[] | undefined;
  let steadyUntil = -Infinity;
  const at = (time: number) => {
    if (held && time < steadyUntil) return held;
    openings = undefined;
    held = Bitmap.empty(size);
    for (const clock of clocks) held.or(clock.at(time));
    steadyUntil = Math.min(...clocks.map(clock => clock.steadyUntil));
    return held;
  };
  return {
    at,
    openings: time => {
      at(time);
      return (openings ??= latestOpenings(
        size,
        clocks.map(clock => ({
          clusters: clock.at(time),
          openings: clock.openings(time),
        })),
      ));
    },
    get steadyUntil() {
      return steadyUntil;
    },
  };
}

/** One of those each that are held alike: most are. */
function distinctSubjects({
  applications,
  namespaces,
  policies,
}: Decisions): HoldSubject[] {
  const selectors = [...policies.values()].flatMap(
    ({ spec }): (ApplicationSelector | undefined)[] => {
      if (spec.type === 'override') return [spec.applications];
      if (spec.type !== 'freeze') return [];
      const except = spec.except ?? [];
      return [spec.applications, ...except.map(each => each.applications)];
    },
  );
  const found = new Map<string, HoldSubject>();
  const add = (subject: HoldSubject) => {
    const namespace = namespaces.get(namespaceOf(subject) ?? '');
    const windows = namespace?.entity.spec.policies ?? [];
    const selected = selectors.map(
      selector =>
        selector !== undefined &&
        'application' in subject &&
        matchesApplication(selector, subject.application),
    );
    const key = JSON.stringify([windows, selected]);
    if (!found.has(key)) found.set(key, subject);
  };
  for (const namespace of namespaces.keys()) add({ namespace });
  for (const { entity } of applications.values()) add({ application: entity });
  return [...found.values()];
}
