import {
  ExplanationStep,
  Selector,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ApplicationRule } from '../decide/ApplicationRule';
import { EvaluatedRules } from '../decide/applicationRules';
import { DecideInput } from '../model';
import { SelectorContext } from '../selector';
import { SelectorPart } from '../selector/Condition';
import { evaluateCondition } from '../selector/evaluateCondition';
import { parseSelector } from '../selector/parseSelector';
import { edgeReference } from '../snapshot';
import { describeFacts } from './describeFacts';

/** A rule that keeps a cluster out, as people read it. */
interface Miss {
  readonly rule: string;
  readonly message: string;
  readonly wouldChange: string;
}

/** Step 1: whether a cluster is a target of an application, and which part of which selector says so. @internal */
export function describeTarget(
  { snapshot, decisions }: DecideInput,
  rules: EvaluatedRules,
  rule: ApplicationRule,
  cluster: number,
): ExplanationStep {
  const { name } = snapshot.clusters[cluster].metadata;
  const { namespace, targets } = rule;
  const verdict = targets.has(cluster) ? 'passed' : 'failed';
  const has = rule.pinned.has(cluster);
  if (rules.states.retired.has(cluster)) {
    return {
      step: 'target',
      verdict,
      rule: edgeReference('EdgeCluster', name, 'spec.state'),
      message: `Cluster '${name}' is retired; nothing runs there`,
      wouldChange: 'Another state of the cluster',
    };
  }
  if (rule.undecided) {
    const problems = rules.problems.filter(
      ({ entity }) => entity === edgeReference('EdgeApplication', rule.name),
    );
    return {
      step: 'target',
      verdict,
      rule: edgeReference('EdgeApplication', rule.name, problems[0]?.field),
      message: `The rules of '${rule.name}' cannot be evaluated: ${problems
        .map(({ message }) => message)
        .join('; ')}. ${
        has
          ? 'It runs here, and stays'
          : 'It does not run here, and nothing new is placed'
      }`,
      wouldChange: 'Its problems solved',
    };
  }
  if (rules.states.draining.has(cluster)) {
    return {
      step: 'target',
      verdict,
      rule: edgeReference('EdgeCluster', name, 'spec.state'),
      message: `Cluster '${name}' is draining: it keeps what it has and gets nothing new; '${
        rule.name
      }' ${has ? 'runs' : 'does not run'} there`,
      wouldChange: has
        ? 'The cluster retired, or a prohibition'
        : `The cluster's state back to active`,
    };
  }
  if (!namespace) {
    return {
      step: 'target',
      verdict,
      rule: edgeReference('EdgeApplication', rule.name, 'spec.namespace'),
      message: `'${rule.name}' is in no namespace, so it is registered and placed nowhere`,
      wouldChange: 'A namespace for the application',
    };
  }
  if (!rule.release) {
    return {
      step: 'target',
      verdict,
      rule: edgeReference('EdgeApplication', rule.name, 'spec.rollout'),
      message: `No version of '${
        rule.name
      }' has reached the cluster's ring (${rule.rings.join(', ')}) yet`,
      wouldChange: 'A release of it promoted to this ring',
    };
  }
  const selector = decisions.namespaces.get(namespace)?.entity.spec.selector;
  const { context } = rules.namespaces;
  const misses = [
    ...selectorMisses(context, namespace, selector, cluster),
    ...requirementMisses(context, rule, cluster),
  ];
  if (misses.length > 0) {
    return {
      step: 'target',
      verdict,
      rule: misses[0].rule,
      message: misses.map(({ message }) => message).join('; '),
      wouldChange: [...new Set(misses.map(miss => miss.wouldChange))].join(
        '; ',
      ),
    };
  }
  return {
    step: 'target',
    verdict,
    rule: edgeReference('EdgeNamespace', namespace, 'spec.selector'),
    message: `${matchMessage(
      namespace,
      selector,
      name,
      rule.release?.requires ?? [],
    )}${pinMessage(rules, rule, cluster)}`,
    wouldChange: `The cluster named in 'exclude' of namespace '${namespace}', a narrower selector, or facts of the cluster that it does not match`,
  };
}

/** That the version is not the one of the cluster's ring. */
function pinMessage(
  { pins }: Pick<EvaluatedRules, 'pins'>,
  { name, release }: ApplicationRule,
  cluster: number,
): string {
  const pin = pins.get(name)?.find(({ clusters }) => clusters.has(cluster));
  return pin
    ? `; override '${pin.policy}' pins it to ${release?.version} here until it ends, whatever its ring has reached`
    : '';
}

function selectorMisses(
  context: SelectorContext,
  namespace: string,
  selector: Selector | undefined,
  cluster: number,
): Miss[] {
  const reference = (field: string) =>
    edgeReference(
      'EdgeNamespace',
      namespace,
      field ? `spec.selector.${field}` : 'spec.selector',
    );
  if (selector === undefined) {
    return [
      {
        rule: reference(''),
        message: `Namespace '${namespace}' has no selector, so it selects no cluster`,
        wouldChange: `A selector for namespace '${namespace}'`,
      },
    ];
  }
  const parsed = parseSelector(selector);
  const indexOf = (items: readonly { name: string }[]) =>
    items.findIndex(({ name }) => context.numberOf(name) === cluster);
  const excluded = indexOf(parsed.exclude);
  if (excluded >= 0) {
    return [
      {
        rule: reference(`exclude[${excluded}]`),
        message: `Namespace '${namespace}' excludes this cluster by name`,
        wouldChange: `The cluster taken off 'exclude' of namespace '${namespace}'`,
      },
    ];
  }
  if (indexOf(parsed.include) >= 0) return [];
  if (parsed.parts.length === 0) {
    return [
      {
        rule: reference('include'),
        message: `Namespace '${namespace}' selects clusters by name alone, and this one is not among them`,
        wouldChange: `The cluster named in 'include' of namespace '${namespace}'`,
      },
    ];
  }
  return parsed.parts
    .filter(part => !evaluateCondition(context, part.condition).has(cluster))
    .map(part => ({
      rule: reference(part.field),
      message: `Namespace '${namespace}' selects clusters with '${
        part.text
      }', and ${describeFacts(context, part.condition, cluster)}`,
      wouldChange: `Facts of the cluster for which the selector holds, a wider selector, or the cluster named in 'include' of namespace '${namespace}'`,
    }));
}

function requirementMisses(
  context: SelectorContext,
  { name, release }: ApplicationRule,
  cluster: number,
): Miss[] {
  return (release?.requires ?? []).flatMap((requirement, i) =>
    parseSelector(requirement)
      .parts.filter(
        (part: SelectorPart) =>
          !evaluateCondition(context, part.condition).has(cluster),
      )
      .map(part => ({
        rule: edgeReference('EdgeApplication', name, `spec.requires[${i}]`),
        message: `'${name}' requires '${part.text}', and ${describeFacts(
          context,
          part.condition,
          cluster,
        )}`,
        wouldChange: `Facts of the cluster for which 'requires' holds, or another version of '${name}' that does not require it`,
      })),
  );
}

function matchMessage(
  namespace: string,
  selector: Selector | undefined,
  cluster: string,
  requires: readonly string[],
): string {
  const parsed = selector === undefined ? undefined : parseSelector(selector);
  const how = parsed?.include.some(({ name }) => name === cluster)
    ? 'names it'
    : `selects it by ${parsed?.parts
        .map(({ text }) => `'${text}'`)
        .join(', ')}`;
  return `Namespace '${namespace}' ${how}${
    requires.length > 0 ? ', and it has what the application requires' : ''
  }`;
}
