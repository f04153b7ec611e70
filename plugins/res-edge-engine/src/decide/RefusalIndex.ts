import { Bitmap } from '../bitmap';
import { Refusal } from '../model';
import { formatQuantity } from '../quantity';
import { compareNames, edgeReference } from '../snapshot';
import { ApplicationRule, Prohibited } from './ApplicationRule';
import { FitAnswer, Verdict } from './FitSolver';
import { Limits } from './Limits';

const STEPS: readonly Refusal['step'][] = ['prohibit', 'fit', 'depend'];

/** Orders by step, rule and reason. @internal */
export function compareRefusals(a: Refusal, b: Refusal): number {
  return (
    STEPS.indexOf(a.step) - STEPS.indexOf(b.step) ||
    compareNames(a.rule, b.rule) ||
    compareNames(a.reason, b.reason)
  );
}

/** Whether the same thing refused, in the same words. @internal */
export function isSameRefusal(
  one: Omit<Refusal, 'clusters'>,
): (other: Omit<Refusal, 'clusters'>) => boolean {
  return other =>
    one.step === other.step &&
    one.rule === other.rule &&
    one.reason === other.reason;
}

/** @internal */
export function prohibitRefusal({
  policy,
  reason,
  clusters,
}: Prohibited): Refusal {
  const rule = edgeReference('EdgePolicy', policy);
  return { step: 'prohibit', rule, reason, clusters };
}

/** Gathers the refusals of each rule, one for each thing that refused. @internal */
export class RefusalIndex {
  private readonly byRule: Map<string, Refusal>[];
  private readonly byVerdict: Map<number, Bitmap>[];

  constructor(
    private readonly size: number,
    private readonly rules: readonly ApplicationRule[],
    private readonly limits: Limits,
  ) {
    this.byRule = rules.map(() => new Map());
    this.byVerdict = rules.map(() => new Map());
  }

  addProhibited(rule: number, prohibited: Prohibited): void {
    const { clusters, ...refusal } = prohibitRefusal(prohibited);
    this.entry(rule, refusal).or(clusters);
  }

  addClusters(rule: number, verdict: Verdict, clusters: Bitmap): void {
    if (!clusters.isEmpty()) this.setOf(rule, verdict).or(clusters);
  }

  /** The set of a verdict; described once, because thousands of classes share it. */
  private setOf(rule: number, verdict: Verdict): Bitmap {
    const key =
      verdict.step === 'depend'
        ? -1 - verdict.dependency
        : 2 * verdict.resource + (verdict.bound === 'quota' ? 1 : 0);
    const sets = this.byVerdict[rule];
    let set = sets.get(key);
    if (!set) {
      set = this.entry(rule, this.describe(rule, verdict));
      sets.set(key, set);
    }
    return set;
  }

  /** The verdicts of all classes of clusters. */
  addAnswers(answers: readonly FitAnswer[], classOf: Int32Array): void {
    const sets = answers.map(({ refused }) =>
      refused.map(([rule, verdict]) => this.setOf(rule, verdict).words),
    );
    classOf.forEach((index, cluster) => {
      for (const words of sets[index])
        words[cluster >>> 5] |= 1 << (cluster & 31);
    });
  }

  /** In order of steps, rules and reasons. */
  of(rule: number): Refusal[] {
    return [...this.byRule[rule].values()].sort(compareRefusals);
  }

  private entry(rule: number, refusal: Omit<Refusal, 'clusters'>): Bitmap {
    const entries = this.byRule[rule];
    const key = `${refusal.step} ${refusal.rule}`;
    let entry = entries.get(key);
    if (!entry)
      entries.set(
        key,
        (entry = { ...refusal, clusters: Bitmap.empty(this.size) }),
      );
    return entry.clusters;
  }

  private describe(rule: number, verdict: Verdict): Omit<Refusal, 'clusters'> {
    const { name, namespace, release, requests } = this.rules[rule];
    if (verdict.step === 'depend') {
      return {
        step: 'depend',
        rule: edgeReference(
          'EdgeApplication',
          name,
          `spec.dependsOn[${verdict.dependency}]`,
        ),
        reason: `It needs '${
          release?.dependsOn[verdict.dependency]
        }', which is not placed here`,
      };
    }
    const resource = this.limits.resources[verdict.resource];
    const amount = `${formatQuantity(
      requests.get(resource) ?? 0n,
    )} ${resource}`;
    return verdict.bound === 'quota'
      ? {
          step: 'fit',
          rule: edgeReference(
            'EdgeNamespace',
            namespace,
            `spec.resources.quota.${resource}`,
          ),
          reason: `Its request of ${amount} does not fit into what is left of the quota of namespace '${namespace}'`,
        }
      : {
          step: 'fit',
          rule: edgeReference(
            'EdgeApplication',
            name,
            `spec.requests.${resource}`,
          ),
          reason: `Its request of ${amount} does not fit into what is left of the cluster's capacity`,
        };
  }
}
