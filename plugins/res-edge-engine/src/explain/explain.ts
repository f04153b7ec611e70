import { NotFoundError } from '@backstage/errors';
import {
  Explanation,
  ExplanationStep,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ApplicationRule, ruleOn } from '../decide/ApplicationRule';
import { EvaluatedRules, applicationRules } from '../decide/applicationRules';
import { matchesApplication } from '../decide/prohibitions';
import { DecideInput, Plan, Refusal, ringOn } from '../model';
import { edgeReference } from '../snapshot';
import { describeFit } from './describeFit';
import { describeTarget } from './describeTarget';

/**
 * Why an application is placed on a cluster, or why not: the verdict of each step with its rule, and what would change it.
 *
 * @throws NotFoundError where there is no such application or cluster.
 * @public
 */
export function explain(
  input: DecideInput,
  plan: Plan,
  application: string,
  cluster: string,
): Explanation {
  const number = input.snapshot.numberOf(cluster);
  if (number === undefined)
    throw new NotFoundError(`There is no cluster '${cluster}'`);
  if (!input.decisions.applications.has(application)) {
    throw new NotFoundError(`There is no application '${application}' on main`);
  }
  const rules = applicationRules(input);
  const rule = ruleOn(rules.applications, application, number)!;
  const ring = ringOn(rules, rule.decision.entity, number);
  const decided = plan.applications.get(application);
  const placed = decided?.placed.has(number) ?? false;
  const refusal = decided?.refusals.find(({ clusters }) =>
    clusters.has(number),
  );
  const steps = explainSteps(input, plan, rules, rule, number, refusal);
  const failed = steps.find(({ verdict }) => verdict === 'failed');
  const version = rule.release?.version;
  const inVersion = version === undefined ? '' : `in version ${version} `;
  const inRing = ring === undefined ? '' : `, which is in ring '${ring}'`;
  return {
    application,
    cluster,
    placed,
    ...(ring !== undefined && { ring }),
    ...(placed && version !== undefined && { version }),
    summary: placed
      ? `'${application}' ${inVersion}is placed on '${cluster}'${inRing}`
      : `'${application}' is not placed on '${cluster}': ${
          failed?.message ?? 'see the steps'
        }`,
    steps,
  };
}

function explainSteps(
  input: DecideInput,
  plan: Plan,
  rules: EvaluatedRules,
  rule: ApplicationRule,
  cluster: number,
  refusal: Refusal | undefined,
): ExplanationStep[] {
  const target = describeTarget(input, rules, rule, cluster);
  if (target.verdict === 'failed') {
    return [
      target,
      skipped('prohibit', 'Not asked: the cluster is no target'),
      skipped('fit', 'Not asked: the cluster is no target'),
      skipped('depend', 'Not asked: the cluster is no target'),
    ];
  }
  const prohibit = describeProhibit(input, rule, refusal);
  if (refusal?.step === 'prohibit') {
    return [
      target,
      prohibit,
      skipped('fit', 'Not asked: it is prohibited'),
      skipped('depend', 'Not asked: it is prohibited'),
    ];
  }
  const depend = describeDepend(input, plan, rules, rule, cluster, refusal);
  if (refusal?.step === 'depend') {
    return [
      target,
      prohibit,
      skipped('fit', 'Not asked: something that it needs is missing'),
      depend,
    ];
  }
  return [
    target,
    prohibit,
    describeFit(plan, rules, rule, cluster, refusal?.step === 'fit'),
    depend,
  ];
}

function describeProhibit(
  { decisions }: DecideInput,
  rule: ApplicationRule,
  refusal: Refusal | undefined,
): ExplanationStep {
  const step = 'prohibit' as const;
  if (refusal?.step === 'prohibit') {
    const policy = [...decisions.policies.keys()].find(
      name => edgeReference('EdgePolicy', name) === refusal.rule,
    );
    const spec = policy ? decisions.policies.get(policy)?.spec : undefined;
    const law = spec?.type === 'prohibition' ? spec.reference : undefined;
    return {
      step,
      verdict: 'failed',
      rule: refusal.rule,
      message: `Policy '${policy}' prohibits it here: ${refusal.reason}${
        law ? ` (${law})` : ''
      }`,
      wouldChange: `A policy '${policy}' that does not select this application or this cluster`,
    };
  }
  const selecting = [...decisions.policies]
    .filter(
      ([, { spec }]) =>
        spec.type === 'prohibition' &&
        matchesApplication(spec.applications, rule.decision.entity),
    )
    .map(([name]) => `'${name}'`)
    .sort();
  return {
    step,
    verdict: 'passed',
    message:
      selecting.length > 0
        ? `The policies that concern it do not select this cluster: ${selecting.join(
            ', ',
          )}`
        : 'No policy prohibits this application',
    wouldChange: 'A prohibition that selects this application and this cluster',
  };
}

function describeDepend(
  input: DecideInput,
  plan: Plan,
  rules: EvaluatedRules,
  rule: ApplicationRule,
  cluster: number,
  refusal: Refusal | undefined,
): ExplanationStep {
  const step = 'depend' as const;
  const needs = rule.release?.dependsOn ?? [];
  if (refusal?.step !== 'depend') {
    if (refusal) return skipped(step, 'Not asked: it does not fit');
    return {
      step,
      verdict: 'passed',
      message:
        needs.length > 0
          ? `All that it needs is placed here: ${needs.join(', ')}`
          : 'It needs no other application',
      ...(needs.length > 0 && {
        wouldChange: `One of ${needs.join(', ')} not placed here`,
      }),
    };
  }
  const missing = needs.find(
    (_, i) =>
      refusal.rule ===
      edgeReference('EdgeApplication', rule.name, `spec.dependsOn[${i}]`),
  );
  const dependency =
    missing === undefined
      ? undefined
      : ruleOn(rules.applications, missing, cluster);
  const why = dependency && whyMissing(input, plan, rules, dependency, cluster);
  return {
    step,
    verdict: 'failed',
    rule: refusal.rule,
    message: `It needs '${dependency?.name}', which is not placed here${
      why ? `: ${why}` : ''
    }`,
    wouldChange: `'${dependency?.name}' placed on this cluster`,
  };
}

/** One step down the chain: the person can ask about the next one. */
function whyMissing(
  input: DecideInput,
  plan: Plan,
  rules: EvaluatedRules,
  dependency: ApplicationRule,
  cluster: number,
): string {
  const refusal = plan.applications
    .get(dependency.name)
    ?.refusals.find(({ clusters }) => clusters.has(cluster));
  return (
    refusal?.reason ?? describeTarget(input, rules, dependency, cluster).message
  );
}

function skipped(
  step: ExplanationStep['step'],
  message: string,
): ExplanationStep {
  return { step, verdict: 'skipped', message };
}
