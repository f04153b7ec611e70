import {
  FreezeSpec,
  OverrideSpec,
  PolicyException,
  Problem,
  Selector,
  WindowSpec,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { ClusterCalendar, nextOpening, Window } from '../calendar';
import { namespaceTargets } from '../decide/namespaceTargets';
import { attempt } from '../decide/problems';
import { Decisions } from '../model';
import { compileSelector, SelectorContext } from '../selector';
import { compareNames, edgeReference, Snapshot } from '../snapshot';
import { HoldLift, HoldRule, HoldScope } from './HoldRule';
import { periodTimes, Read, readPeriod, Times } from './policyPeriod';

/** Windows, freezes and overrides, ready to be asked. @internal */
export interface HoldRules {
  /** In order of their policies' names. */
  readonly rules: readonly HoldRule[];
  readonly lifts: readonly HoldLift[];
  readonly problems: readonly Problem[];
}

const DAY = 24 * 60 * 60_000;
const NEVER_ENDS: Times = {
  heldUntil: () => Infinity,
  steadyUntil: () => Infinity,
};

/**
 * Reads the policies of main that hold changes back. What cannot be read holds back more, not less: a window with a
 * problem is closed for the namespaces that name it, a freeze with a problem holds all that it may mean, an override
 * with a problem lifts nothing.
 *
 * @internal
 */
export function createHoldRules(
  snapshot: Snapshot,
  decisions: Decisions,
): HoldRules {
  const problems: Problem[] = [];
  // Problems of namespaces are told by who decides on them.
  const { context } = namespaceTargets(snapshot, decisions, []);
  const named = namespacesByWindow(decisions, problems);
  const rules: HoldRule[] = [];
  const lifts: HoldLift[] = [];
  for (const name of [...decisions.policies.keys()].sort(compareNames)) {
    const { spec } = decisions.policies.get(name)!;
    const read = <T>(field: string, task: () => T) =>
      attempt(problems, 'EdgePolicy', name, field, task);
    if (spec.type === 'window') {
      rules.push(windowRule(name, spec, named.get(name) ?? new Set(), read));
    } else if (spec.type === 'freeze') {
      rules.push(freezeRule(name, spec, context, read));
    } else if (spec.type === 'override') {
      const lift = overrideLift(name, spec, context, read);
      if (lift) lifts.push(lift);
    }
  }
  for (const [name, namespaces] of named) {
    if (decisions.policies.has(name)) continue;
    rules.push({
      policy: name,
      reason: `There is no window '${name}' on main; changes wait until there is`,
      namespaces,
      scope: {},
      exceptions: [],
      ...NEVER_ENDS,
    });
  }
  return { rules, lifts, problems };
}

function namespacesByWindow(
  { namespaces, policies }: Decisions,
  problems: Problem[],
): Map<string, Set<string>> {
  const named = new Map<string, Set<string>>();
  for (const [namespace, { entity }] of namespaces) {
    (entity.spec.policies ?? []).forEach((policy, i) => {
      const type = policies.get(policy)?.spec.type;
      // Approvals hold back merges, not deliveries.
      if (type === 'approval') return;
      if (type !== 'window') {
        problems.push({
          entity: edgeReference('EdgeNamespace', namespace),
          field: `spec.policies[${i}]`,
          message:
            type === undefined
              ? `There is no policy '${policy}' on main; what is delivered stays until there is`
              : `'${policy}' is of type ${type}; a namespace names windows and approvals`,
        });
        if (type !== undefined) return;
      }
      const known = named.get(policy);
      if (known) known.add(namespace);
      else named.set(policy, new Set([namespace]));
    });
  }
  return named;
}

function windowRule(
  policy: string,
  spec: WindowSpec,
  namespaces: ReadonlySet<string>,
  read: Read,
): HoldRule {
  const rule = { policy, namespaces, scope: {}, exceptions: [] };
  const window = read('spec', () => Window.create(spec));
  if (!window) {
    const reason = `Window '${policy}' cannot be read; it is closed until it can`;
    return { ...rule, reason, ...NEVER_ENDS };
  }
  return {
    ...rule,
    reason: `Window '${policy}' is closed`,
    ...windowTimes(spec, window),
  };
}

/** What a window was last found to be, and for how long that holds. */
type WindowState = { from: number; to: number; until?: number };

/** By what the windows were made of, so that it outlives the rules. */
const states = new WeakMap<WindowSpec, Map<string, WindowState>>();

function windowTimes(spec: WindowSpec, window: Window): Times {
  let known = states.get(spec);
  if (!known) states.set(spec, (known = new Map()));
  const byCalendar = known;
  const stateAt = (calendar: ClusterCalendar, at: number) => {
    const key = JSON.stringify(calendar);
    let state = byCalendar.get(key);
    if (!state || at < state.from || at >= state.to) {
      const opening = nextOpening(window, calendar, at);
      if (!opening) state = { from: at, to: at + DAY, until: Infinity };
      else if (opening.start > at) {
        state = { from: at, to: opening.start, until: opening.start };
      } else {
        // The last moment at which a change may begin is one of the opening.
        const to = Math.max(opening.end - window.minimum, at + 1);
        state = { from: at, to };
      }
      byCalendar.set(key, state);
    }
    return state;
  };
  return {
    heldUntil: (calendar, at) => stateAt(calendar, at).until,
    steadyUntil: (calendar, at) => stateAt(calendar, at).to,
  };
}

function freezeRule(
  policy: string,
  spec: FreezeSpec,
  context: SelectorContext,
  read: Read,
): HoldRule {
  const clusters = read('spec.clusters', () =>
    selected(context, spec.clusters),
  );
  const period = readPeriod(spec, read);
  const exceptions = (spec.except ?? []).flatMap(
    (exception, i) =>
      read(`spec.except[${i}]`, () => scopeOf(context, exception)) ?? [],
  );
  return {
    policy,
    reason: `Freeze '${policy}': ${spec.reason}`,
    scope: { applications: spec.applications, clusters },
    exceptions,
    ...(period ? periodTimes(period) : NEVER_ENDS),
    period,
  };
}

function overrideLift(
  policy: string,
  spec: OverrideSpec,
  context: SelectorContext,
  read: Read,
): HoldLift | undefined {
  const scope = read('spec.clusters', () => scopeOf(context, spec));
  const period = readPeriod(spec, read);
  if (!scope || !period) return undefined;
  return {
    policy,
    policies: new Set(spec.lifts ?? []),
    scope,
    ...periodTimes(period),
    period,
  };
}

function scopeOf(
  context: SelectorContext,
  { applications, clusters }: PolicyException,
): HoldScope {
  return {
    applications,
    clusters: clusters === undefined ? undefined : selected(context, clusters),
  };
}

function selected(context: SelectorContext, selector: Selector): Bitmap {
  return compileSelector(context, selector).clusters;
}
