import {
  ApplicationSelector,
  ApprovalSubject,
  MatchExpression,
  PolicyException,
  PolicySpec,
  Selector,
  SelectorOperator,
  WindowPeriod,
} from '@res-edge/backstage-plugin-res-edge-common';

const SUBJECTS: Record<ApprovalSubject, string> = {
  guards: 'losses that wait',
  overrides: 'overrides',
  prohibitions: 'prohibitions that change or go',
};

/**
 * What a policy says, in a sentence without its reason: "Freezes everything on clusters in geo.us from 2026-11-26 00:00
 * to 2026-12-01 00:00, local time".
 *
 * @public
 */
export function describePolicy(spec: PolicySpec): string {
  switch (spec.type) {
    case 'prohibition':
      return `Forbids ${applications(spec.applications)} on ${clusters(
        spec.clusters,
      )}`;
    case 'window': {
      const { allow, deny = [], minimum, onCluster } = spec;
      return [
        `Allows changes ${allow ? either(allow.map(period)) : 'at any time'}`,
        ...(deny.length > 0 ? [`never ${either(deny.map(period))}`] : []),
        ...(minimum === undefined ? [] : [`${minimum} must be left`]),
        ...(onCluster ? ['clusters keep to it by themselves, too'] : []),
      ].join('; ');
    }
    case 'freeze':
      return [
        `Freezes ${applications(spec.applications)} on ${clusters(
          spec.clusters,
        )} from ${time(spec.start)} to ${time(spec.end)}${zone(spec)}`,
        ...(spec.except ?? []).map(exception),
      ].join('; ');
    case 'override': {
      const start = spec.start === undefined ? 'its merge' : time(spec.start);
      const what = spec.pins
        ? `Pins ${applications(spec.applications)} to ${spec.pins.version}`
        : `Lifts ${listed(spec.lifts ?? [])} for ${applications(
            spec.applications,
          )}`;
      return `${what} on ${clusters(spec.clusters)} from ${start} to ${time(
        spec.end,
      )}${zone(spec)}`;
    }
    case 'approval': {
      const { steps, requiredFor = [], environments = [] } = spec;
      const beyond = [
        ...requiredFor.map(subject => SUBJECTS[subject]),
        ...(environments.length > 0
          ? [`namespaces of ${either(environments)}`]
          : []),
      ];
      return [
        `Asks ${steps
          .map(({ from, count = 1 }) => `${count} of ${either(from)}`)
          .join(', then ')} for what the namespaces that name it change`,
        ...(beyond.length > 0 ? [`also for ${listed(beyond)}`] : []),
        ...(spec.validFor === undefined
          ? []
          : [`a yes counts for ${spec.validFor}`]),
      ].join('; ');
    }
    case 'rollout': {
      const rings = spec.rings.map(
        ({ name, clusters: selector }) => `${name} (${clusters(selector)})`,
      );
      return `Releases reach ${rings.join(', then ')}`;
    }
    default:
      return spec satisfies never;
  }
}

function applications(selector: ApplicationSelector | undefined): string {
  if (!selector) return 'everything';
  const { names, namespaces, matchLabels } = selector;
  return [
    names ? listed(names) : 'applications',
    ...(namespaces ? [`of ${either(namespaces)}`] : []),
    ...(matchLabels ? [`with ${listed(labels(matchLabels))}`] : []),
  ].join(' ');
}

function clusters(selector: Selector): string {
  if (typeof selector === 'string') return `clusters where ${selector}`;
  const { all, groups, matchLabels, matchExpressions, expression } = selector;
  const { include, exclude } = selector;
  const conditions = [
    ...(groups ? [`in ${either(groups)}`] : []),
    ...(matchLabels ? [`with ${listed(labels(matchLabels))}`] : []),
    ...(matchExpressions
      ? [`where ${matchExpressions.map(condition).join(' and ')}`]
      : []),
    ...(expression === undefined ? [] : [`where ${expression}`]),
  ];
  const selected = all ? 'all clusters' : 'clusters';
  const parts = [
    ...(all || conditions.length > 0
      ? [[selected, ...conditions].join(' ')]
      : []),
    ...(include ?? []),
  ];
  return `${listed(parts)}${exclude ? ` without ${listed(exclude)}` : ''}`;
}

function labels(matchLabels: Record<string, string>): string[] {
  return Object.entries(matchLabels).map(([key, value]) => `${key} ${value}`);
}

const SIGNS: Record<SelectorOperator, string> = {
  In: 'is',
  NotIn: 'is not',
  Exists: 'is there',
  DoesNotExist: 'is not there',
  Gt: '>',
  Ge: '≥',
  Lt: '<',
  Le: '≤',
};

function condition({ key, operator, values = [] }: MatchExpression): string {
  return [key, SIGNS[operator], either(values.map(String))].join(' ').trim();
}

function period(spec: WindowPeriod): string {
  const { hours, cron, rrule, duration } = spec;
  if (hours !== undefined) return `while the store is ${hours}`;
  const begins = cron === undefined ? `RRULE ${rrule}` : `cron ${cron}`;
  return `for ${duration} from each ${begins}${zone(spec)}`;
}

function exception(except: PolicyException): string {
  const where = except.clusters ? ` on ${clusters(except.clusters)}` : '';
  return `not ${applications(except.applications)}${where}`;
}

/** `2026-11-26T00:00` as people read it. */
function time(text: string): string {
  return text.replace('T', ' ');
}

function zone({ timeZone }: { timeZone?: string }): string {
  return timeZone === undefined ? ', local time' : `, ${timeZone}`;
}

function listed(words: readonly string[]): string {
  return joined(words, 'and');
}

function either(words: readonly string[]): string {
  return joined(words, 'or');
}

function joined(words: readonly string[], last: string): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} ${last} ${words[words.length - 1]}`;
}
