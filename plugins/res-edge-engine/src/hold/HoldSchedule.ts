import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { ClusterCalendar } from '../calendar';
import { Decisions, Holds } from '../model';
import { edgeReference, Snapshot } from '../snapshot';
import { CalendarClass, calendarClasses } from './calendarClasses';
import { createHoldRules, HoldRules } from './createHoldRules';
import { HoldClock, Opening } from './HoldClock';
import { HoldReason } from './HoldReason';
import {
  concerns,
  HoldLift,
  HoldRule,
  HoldScope,
  HoldSubject,
  namespaceOf,
} from './HoldRule';
import { OpeningTimes } from './OpeningTimes';
import { splitBy } from './splitBy';
import { PolicyEffect, TimeRange } from './PolicyEffect';
import { RuleClock, RuleTimes } from './RuleClock';

/** A search for the next opening ends after so many steps from one rule's end to another's. */
const MAX_STEPS = 1_000;

/**
 * When windows, freezes and overrides of main let changes reach clusters.
 *
 * @remarks
 * All windows that a namespace names must be open, and no freeze may hold; an override lifts those that it names.
 * Clusters that are being provisioned wait for none of them: nothing runs there that could be disturbed. What a draining
 * cluster has stays until it is active again, whatever they say: the rendering of its folder sees to that.
 *
 * @public
 */
export class HoldSchedule {
  private constructor(
    private readonly snapshot: Snapshot,
    private readonly decisions: Decisions,
    private readonly rules: HoldRules,
    private readonly provisioning: Bitmap,
    private readonly draining: Bitmap,
  ) {}

  static create(snapshot: Snapshot, decisions: Decisions): HoldSchedule {
    const inState = (wanted: string) =>
      snapshot.facts.field('state').where(state => state === wanted);
    const rules = createHoldRules(snapshot, decisions);
    return new HoldSchedule(
      snapshot,
      decisions,
      rules,
      inState('provisioning'),
      inState('draining'),
    );
  }

  /** Of policies and of namespaces that name them. */
  get problems(): readonly Problem[] {
    return this.rules.problems;
  }

  /** What may not change at a time. Applications and namespaces that nothing holds anywhere are left out. */
  at(now: Date): Holds {
    const time = now.getTime();
    const held = this.rules.rules.map(rule => this.during(rule, time));
    const lifted = this.liftedAt(time);
    const heldOf = (subject: HoldSubject) => {
      const result = Bitmap.empty(this.snapshot.size);
      this.rules.rules.forEach((rule, i) => {
        if (held[i].isEmpty()) return;
        result.or(this.heldBy(rule, held[i], lifted, subject));
      });
      return result;
    };
    const collect = (subjects: Iterable<[string, HoldSubject]>) => {
      const found = new Map<string, Bitmap>();
      for (const [name, subject] of subjects) {
        const clusters = heldOf(subject);
        if (!clusters.isEmpty()) found.set(name, clusters);
      }
      return found;
    };
    const { applications, namespaces } = this.decisions;
    return {
      applications: collect(
        [...applications].map(([name, { entity }]) => [
          name,
          { application: entity },
        ]),
      ),
      namespaces: collect(
        [...namespaces.keys()].map(name => [name, { namespace: name }]),
      ),
    };
  }

  /**
   * What may not change of one subject as time goes on, for those who look at many moments one after the other; draining
   * clusters stay as they are.
   */
  clock(subject: HoldSubject): HoldClock {
    const { size } = this.snapshot;
    const classes = calendarClasses(this.snapshot);
    const clockOf = (times: RuleTimes) => new RuleClock(times, classes, size);
    const rules = this.rules.rules
      .filter(rule => this.concernsRule(rule, subject))
      .map(rule => ({ rule, clock: clockOf(rule) }));
    const overrides = this.rules.lifts.map(clockOf);
    const all = [...rules.map(({ clock }) => clock), ...overrides];
    let held: Bitmap | undefined;
    let times: OpeningTimes | undefined;
    let openings: readonly Opening[] | undefined;
    let steadyUntil = -Infinity;
    const at = (time: number) => {
      if (held && time < steadyUntil) return held;
      openings = undefined;
      const lifted = overrides.map(clock => clock.at(time));
      held = this.draining.clone();
      for (const { rule, clock } of rules)
        held.or(this.heldBy(rule, clock.at(time), lifted, subject));
      steadyUntil = Math.min(...all.map(clock => clock.steadyUntil));
      return held;
    };
    return {
      at,
      openings: time => {
        const clusters = at(time);
        times ??= this.openingTimes(subject);
        return (openings ??= times.of(clusters, time));
      },
      get steadyUntil() {
        return steadyUntil;
      },
    };
  }

  /** What a policy does at a time; undefined for prohibitions and for overrides with a problem. */
  effect(policy: string, now: Date): PolicyEffect | undefined {
    const { rules, lifts: overrides } = this.rules;
    const rule = rules.find(each => each.policy === policy);
    const one = rule ?? overrides.find(each => each.policy === policy);
    if (!one) return undefined;
    const time = now.getTime();
    const during = this.during(one, time);
    const lifted = this.liftedAt(time);
    const { period } = one;
    return {
      scope: one.scope.clusters ?? Bitmap.full(this.snapshot.size),
      clusters: subject => {
        if (rule) return this.heldBy(rule, during, lifted, subject);
        const concerned = !subject || concerns(one.scope, subject);
        return concerned
          ? within(one.scope, during.clone()).andNot(this.provisioning)
          : Bitmap.empty(this.snapshot.size);
      },
      ends: clusters => {
        const times = this.calendarsOf(clusters).flatMap(
          calendar => one.heldUntil(calendar, time) ?? [],
        );
        return rangeOf(times, times);
      },
      period: clusters => {
        if (!period) return undefined;
        const periods = this.calendarsOf(clusters).map(period);
        return rangeOf(
          periods.map(({ from }) => from),
          periods.map(({ to }) => to),
        );
      },
    };
  }

  /** What holds a change back on one cluster at a time; nothing where it may come. */
  reasons(subject: HoldSubject, cluster: number, now: Date): HoldReason[] {
    const time = now.getTime();
    const reasons = this.holding(subject, cluster, time).map(
      ({ rule, until }): HoldReason => ({
        rule: edgeReference('EdgePolicy', rule.policy),
        reason: rule.reason,
        ...(until === Infinity ? {} : { until: new Date(until) }),
      }),
    );
    if (this.draining.has(cluster)) {
      const { name } = this.snapshot.clusters[cluster].metadata;
      const rule = edgeReference('EdgeCluster', name);
      reasons.unshift({ rule, reason: 'The cluster is draining' });
    }
    return reasons;
  }

  /**
   * The first time from `now` on at which a change may reach a cluster, as things stand; undefined where no time is known.
   */
  nextChange(
    subject: HoldSubject,
    cluster: number,
    now: Date,
  ): Date | undefined {
    if (this.draining.has(cluster)) return undefined;
    const { calendar } = this.classOf(cluster);
    let time = now.getTime();
    for (let step = 0; step < MAX_STEPS; step++) {
      const holding = this.holding(subject, cluster, time);
      if (holding.length === 0) return new Date(time);
      const from = time;
      // An override that begins before lets it come earlier.
      time = Math.min(
        Math.max(...holding.map(({ until }) => until)),
        ...this.rules.lifts
          .map(lift => lift.period(calendar).from)
          .filter(start => start > from),
      );
      if (time === Infinity) return undefined;
    }
    return undefined;
  }

  /** When a change may reach some clusters, as {@link HoldSchedule.nextChange} says it of each; those without a time are left out. */
  openings(subject: HoldSubject, clusters: Bitmap, now: Date): Opening[] {
    return this.openingTimes(subject).of(clusters, now.getTime());
  }

  private openingTimes(subject: HoldSubject): OpeningTimes {
    const scopes = [
      ...this.rules.rules
        .filter(rule => this.concernsRule(rule, subject))
        .flatMap(({ scope, exceptions }) => [scope, ...exceptions]),
      ...this.rules.lifts.map(({ scope }) => scope),
    ].flatMap(scope => scope.clusters ?? []);
    const alike = splitBy(
      calendarClasses(this.snapshot).map(each => each.clusters),
      [this.draining, this.provisioning, ...scopes],
    );
    return new OpeningTimes(alike, this.snapshot.size, (cluster, time) =>
      this.nextChange(subject, cluster, new Date(time)),
    );
  }

  private holding(subject: HoldSubject, cluster: number, time: number) {
    if (this.provisioning.has(cluster)) return [];
    const { calendar } = this.classOf(cluster);
    const isIn = ({ clusters }: HoldScope) => clusters?.has(cluster) ?? true;
    return this.rules.rules.flatMap(rule => {
      if (!this.concernsRule(rule, subject) || !isIn(rule.scope)) return [];
      const except = rule.exceptions.some(
        exception => concerns(exception, subject) && isIn(exception),
      );
      if (except) return [];
      const until = rule.heldUntil(calendar, time);
      if (until === undefined) return [];
      const lifted = this.rules.lifts.some(
        lift =>
          lifts(lift, rule, subject) &&
          isIn(lift.scope) &&
          lift.heldUntil(calendar, time) !== undefined,
      );
      return lifted ? [] : [{ rule, until }];
    });
  }

  private concernsRule(rule: HoldRule, subject: HoldSubject): boolean {
    const namespace = namespaceOf(subject);
    if (
      rule.namespaces &&
      !(namespace !== undefined && rule.namespaces.has(namespace))
    ) {
      return false;
    }
    return concerns(rule.scope, subject);
  }

  /** Where a rule holds a subject back (or anything), of the clusters that are within its time. */
  private heldBy(
    rule: HoldRule,
    during: Bitmap,
    lifted: readonly Bitmap[],
    subject?: HoldSubject,
  ): Bitmap {
    if (subject && !this.concernsRule(rule, subject)) {
      return Bitmap.empty(this.snapshot.size);
    }
    const clusters = within(rule.scope, during.clone());
    for (const exception of rule.exceptions) {
      if (concerns(exception, subject)) without(exception, clusters);
    }
    this.rules.lifts.forEach((lift, i) => {
      if (!lifts(lift, rule, subject)) return;
      clusters.andNot(within(lift.scope, lifted[i].clone()));
    });
    return clusters.andNot(this.provisioning);
  }

  /** By override, the clusters that are within its time. */
  private liftedAt(time: number): Bitmap[] {
    return this.rules.lifts.map(lift => this.during(lift, time));
  }

  /** The clusters whose clocks are within the time of a rule. */
  private during(
    { heldUntil }: Pick<HoldRule, 'heldUntil'>,
    time: number,
  ): Bitmap {
    const result = Bitmap.empty(this.snapshot.size);
    for (const { calendar, clusters } of calendarClasses(this.snapshot)) {
      if (heldUntil(calendar, time) !== undefined) result.or(clusters);
    }
    return result;
  }

  private calendarsOf(clusters: Bitmap): ClusterCalendar[] {
    return calendarClasses(this.snapshot)
      .filter(each => each.clusters.intersects(clusters))
      .map(({ calendar }) => calendar);
  }

  private classOf(cluster: number): CalendarClass {
    return calendarClasses(this.snapshot).find(({ clusters }) =>
      clusters.has(cluster),
    )!;
  }
}

function lifts(
  lift: HoldLift,
  rule: HoldRule,
  subject: HoldSubject | undefined,
): boolean {
  return lift.policies.has(rule.policy) && concerns(lift.scope, subject);
}

function rangeOf(
  starts: readonly number[],
  ends: readonly number[],
): TimeRange {
  const first = Math.min(...starts);
  const last = Math.max(...ends);
  return {
    ...(Number.isFinite(first) && { first: new Date(first) }),
    ...(Number.isFinite(last) && { last: new Date(last) }),
  };
}

function within({ clusters }: HoldScope, of: Bitmap): Bitmap {
  return clusters ? of.and(clusters) : of;
}

function without({ clusters }: HoldScope, from: Bitmap): void {
  from.andNot(clusters ?? from.clone());
}
