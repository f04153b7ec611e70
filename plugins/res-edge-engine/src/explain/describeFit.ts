import { ExplanationStep } from '@res-edge/backstage-plugin-res-edge-common';
import { ApplicationRule } from '../decide/ApplicationRule';
import { Rules } from '../decide/applicationRules';
import { readCapacity } from '../decide/Limits';
import { Plan } from '../model';
import { formatQuantity } from '../quantity';
import { edgeReference } from '../snapshot';

const MAX_SHOWN = 10;

/** One bound that an application has to fit into. */
interface Bound {
  readonly rule: string;
  readonly of: string;
  readonly amount: bigint;
  readonly asked: bigint;
  readonly resource: string;
  readonly taken: bigint;
  readonly by: readonly string[];
}

/** Step 3, the room: what is asked, what there is, and who takes it. @internal */
export function describeFit(
  plan: Plan,
  rules: Rules,
  rule: ApplicationRule,
  cluster: number,
  refused: boolean,
): ExplanationStep {
  const bounds = boundsOf(plan, rules, rule, cluster);
  const step = 'fit' as const;
  if (refused) {
    const exceeded =
      bounds.find(
        ({ asked, amount, taken }) => asked > 0n && asked > amount - taken,
      ) ?? bounds[0];
    const more = exceeded.asked + exceeded.taken - exceeded.amount;
    return {
      step,
      verdict: 'failed',
      rule: exceeded.rule,
      message: `${capital(describe(exceeded))}; ${formatQuantity(more)} ${
        exceeded.resource
      } are missing`,
      wouldChange: `${formatQuantity(more)} ${exceeded.resource} more in ${
        exceeded.of
      }, smaller requests, or a higher priority than applications that take the room`,
    };
  }
  if (rule.pinned.has(cluster)) {
    return {
      step,
      verdict: 'passed',
      message: 'It runs here already and stays without being asked for room',
    };
  }
  if (bounds.length === 0) {
    return {
      step,
      verdict: 'passed',
      message: 'It requests nothing that is limited here',
    };
  }
  return {
    step,
    verdict: 'passed',
    message: `It fits: ${bounds.map(describe).join('; ')}`,
    wouldChange:
      'Larger requests, less room, or applications of higher priority that take it',
  };
}

function boundsOf(
  plan: Plan,
  rules: Rules,
  rule: ApplicationRule,
  cluster: number,
): Bound[] {
  const { metadata, spec } = plan.snapshot.clusters[cluster];
  const others = rules.applications.filter(
    other =>
      other.application !== rule.application &&
      (other.within?.has(cluster) ?? true) &&
      plan.applications.get(other.name)?.placed.has(cluster),
  );
  const bound = (
    amounts: ReadonlyMap<string, bigint>,
    among: readonly ApplicationRule[],
    of: string,
    reference: (resource: string) => string,
  ): Bound[] =>
    [...amounts.keys()].sort().flatMap(resource => {
      const asked = rule.requests.get(resource) ?? 0n;
      if (asked === 0n) return [];
      const takers = among.filter(
        other => (other.requests.get(resource) ?? 0n) > 0n,
      );
      const taken = takers.reduce(
        (sum, other) => sum + other.requests.get(resource)!,
        0n,
      );
      const by = takers.map(({ name }) => name);
      return [
        {
          rule: reference(resource),
          of,
          amount: amounts.get(resource)!,
          asked,
          resource,
          taken,
          by,
        },
      ];
    });
  return [
    ...bound(
      rules.namespaces.rules.get(rule.namespace)?.quota ?? new Map(),
      others.filter(other => other.namespace === rule.namespace),
      `the quota of namespace '${rule.namespace}'`,
      resource =>
        edgeReference(
          'EdgeNamespace',
          rule.namespace,
          `spec.resources.quota.${resource}`,
        ),
    ),
    ...bound(
      readCapacity(spec.capacity ?? {}),
      others,
      `the capacity of cluster '${metadata.name}'`,
      resource =>
        edgeReference(
          'EdgeCluster',
          metadata.name,
          `spec.capacity.${resource}`,
        ),
    ),
  ];
}

function describe({ asked, resource, of, amount, taken, by }: Bound): string {
  const names =
    by.length > MAX_SHOWN ? `${by.length} applications` : by.join(', ');
  const used =
    by.length > 0 ? `, of which ${names} take ${formatQuantity(taken)}` : '';
  return `it requests ${formatQuantity(
    asked,
  )} ${resource}, and ${of} is ${formatQuantity(amount)}${used}`;
}

function capital(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
