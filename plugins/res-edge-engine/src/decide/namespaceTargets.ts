import {
  Problem,
  ResourceQuantities,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap, intersectWith, keepEqual } from '../bitmap';
import { Decisions, NamespaceDecision } from '../model';
import { parseQuantity } from '../quantity';
import { SelectorContext, SelectorError, withNamespaces } from '../selector';
import { sharedSelector } from '../selector/compileSelector';
import { Snapshot, compareNames } from '../snapshot';
import { ClusterStates, clusterStates } from './clusterStates';
import { attempt } from './problems';
import { sameAmounts } from './same';

/** What of a namespace its applications are decided by. @internal */
export interface NamespaceRule {
  readonly name: string;
  readonly decision: NamespaceDecision;
  /** What its selector matches, whatever the state of the clusters; `undefined` where it cannot be evaluated. */
  readonly matches: Bitmap | undefined;
  /** Those of them to which something new may come. */
  readonly open: Bitmap | undefined;
  /** Amounts of billionths by resource; `undefined` where they cannot be read. */
  readonly quota: ReadonlyMap<string, bigint> | undefined;
}

/** The namespaces, and the context in which `/n/name` stands for their clusters. @internal */
export interface NamespaceRules {
  readonly rules: ReadonlyMap<string, NamespaceRule>;
  readonly context: SelectorContext;
}

/**
 * @param before - the rules of another time: the very ones are given where they say the same
 * @internal
 */
export function namespaceTargets(
  snapshot: Snapshot,
  decisions: Pick<Decisions, 'namespaces'>,
  problems: Problem[],
  states: ClusterStates = clusterStates(snapshot),
  before?: {
    readonly namespaces: Pick<NamespaceRules, 'rules'>;
    readonly states: ClusterStates;
  },
): NamespaceRules {
  const matches = new Map<string, Bitmap | undefined>();
  const open = new Set<string>();
  const context = withNamespaces(snapshot, name => resolve(name));
  function resolve(name: string): Bitmap | undefined {
    const decision = decisions.namespaces.get(name);
    if (!decision) return undefined;
    if (open.has(name))
      throw new SelectorError(
        `The selector of namespace '${name}' is made of itself`,
      );
    if (!matches.has(name)) {
      open.add(name);
      const { selector } = decision.entity.spec;
      matches.set(
        name,
        attempt(problems, 'EdgeNamespace', name, 'spec.selector', () =>
          selector === undefined
            ? Bitmap.empty(snapshot.size)
            : sharedSelector(context, selector).clusters,
        ),
      );
      open.delete(name);
    }
    const found = matches.get(name);
    if (!found)
      throw new SelectorError(
        `The clusters of namespace '${name}' cannot be found: its selector has a problem`,
      );
    return found;
  }

  const openOf = intersectWith(before?.states.open, states.open);
  const rules = new Map<string, NamespaceRule>();
  for (const name of [...decisions.namespaces.keys()].sort(compareNames)) {
    const decision = decisions.namespaces.get(name)!;
    if (!matches.has(name)) {
      try {
        resolve(name);
      } catch {
        // It stands in the problems already.
      }
    }
    const old = before?.namespaces.rules.get(name);
    const found = matches.get(name);
    const clusters = found && keepEqual(old?.matches, found);
    const rule: NamespaceRule = {
      name,
      decision,
      matches: clusters,
      open: clusters && openOf(old?.open, clusters, clusters === old?.matches),
      quota:
        old?.decision === decision && old.quota
          ? old.quota
          : quotaOf(decision, problems),
    };
    rules.set(name, old && sameNamespace(old, rule) ? old : rule);
  }
  return { rules, context };
}

function quotaOf(
  { entity }: NamespaceDecision,
  problems: Problem[],
): NamespaceRule['quota'] {
  const { metadata, spec } = entity;
  return parseQuantities(spec.resources?.quota, (field, task) =>
    attempt(
      problems,
      'EdgeNamespace',
      metadata.name,
      `spec.resources.quota.${field}`,
      task,
    ),
  );
}

function sameNamespace(one: NamespaceRule, other: NamespaceRule): boolean {
  return (
    one.matches === other.matches &&
    one.open === other.open &&
    sameAmounts(one.quota, other.quota)
  );
}

/** Reads all quantities; `undefined` where one of them cannot be read. @internal */
export function parseQuantities(
  quantities: ResourceQuantities | undefined,
  read: (resource: string, task: () => bigint) => bigint | undefined,
): ReadonlyMap<string, bigint> | undefined {
  const amounts = new Map<string, bigint>();
  let complete = true;
  for (const [resource, quantity] of Object.entries(quantities ?? {})) {
    if (quantity === undefined) continue;
    const amount = read(resource, () => parseQuantity(quantity));
    if (amount === undefined) complete = false;
    else amounts.set(resource, amount);
  }
  return complete ? amounts : undefined;
}
