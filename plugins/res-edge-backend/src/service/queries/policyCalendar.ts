import {
  CalendarPeriod,
  CalendarWindow,
  PolicyCalendar,
  WindowSpec,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  CalendarError,
  countOpenClusters,
  describePolicy,
  Window,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { VisibleFleet } from '../../permissions';
import { compareStrings } from '../../util/compareStrings';
import { deliveredTo, namespacesThatName, toTimes } from './policyQueries';

const HOUR = 60 * 60_000;
/** Two weeks. */
const HOURS = 14 * 24;

const known = new WeakMap<VisibleFleet, PolicyCalendar>();

/** What main has of freezes, overrides and windows, for two weeks from the hour of the view; found once for each view. @internal */
export function getPolicyCalendar(fleet: VisibleFleet): PolicyCalendar {
  let calendar = known.get(fleet);
  if (!calendar) known.set(fleet, (calendar = createCalendar(fleet)));
  return calendar;
}

function createCalendar(fleet: VisibleFleet): PolicyCalendar {
  const { decisions, holding } = fleet.view;
  const from = Math.floor(holding.now.getTime() / HOUR) * HOUR;
  const names = [...decisions.policies.keys()]
    .filter(name => fleet.sees('EdgePolicy', name))
    .sort(compareStrings);
  return {
    from: new Date(from).toISOString(),
    hours: HOURS,
    periods: names.flatMap(name => periodOf(fleet, name, from) ?? []),
    windows: names.flatMap(name => windowOf(fleet, name, from) ?? []),
  };
}

function periodOf(
  fleet: VisibleFleet,
  name: string,
  from: number,
): CalendarPeriod | undefined {
  const { metadata, spec } = fleet.view.decisions.policies.get(name)!;
  if (spec.type !== 'freeze' && spec.type !== 'override') return undefined;
  const effect = fleet.view.holding.effect(name);
  const scope = effect && fleet.only(effect.scope);
  if (!effect || !scope || scope.isEmpty()) return undefined;
  const period = effect.period(scope);
  if (!period) return undefined;
  const { first, last } = period;
  if (first && first.getTime() >= from + HOURS * HOUR) return undefined;
  if (last && last.getTime() <= from) return undefined;
  return {
    ...{ name, title: metadata.title, type: spec.type },
    summary: fleet.text(describePolicy(spec)),
    reason: fleet.text(spec.reason),
    clusters: scope.count(),
    period: toTimes(period),
  };
}

function windowOf(
  fleet: VisibleFleet,
  name: string,
  from: number,
): CalendarWindow | undefined {
  const { snapshot, decisions } = fleet.view;
  const { metadata, spec } = decisions.policies.get(name)!;
  if (spec.type !== 'window') return undefined;
  const namespaces = namespacesThatName(fleet, name);
  const clusters = fleet.only(deliveredTo(fleet, namespaces));
  const window = readWindow(spec);
  if (!window || clusters.isEmpty()) return undefined;
  return {
    ...{ name, title: metadata.title },
    summary: fleet.text(describePolicy(spec)),
    clusters: clusters.count(),
    open: countOpenClusters(
      window,
      { snapshot, clusters },
      { from, count: HOURS },
    ),
  };
}

/** One that cannot be read is a problem of its policy, and closed. */
function readWindow(spec: WindowSpec): Window | undefined {
  try {
    return Window.create(spec);
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    return undefined;
  }
}
