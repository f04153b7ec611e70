import { SelectorContext } from '../selector';
import { Condition } from '../selector/Condition';
import { Fact, FactIndex, ClusterField } from '../snapshot';

const MAX_SHOWN = 5;

/** What a cluster has where a condition does not hold: `size is small`. @internal */
export function describeFacts(
  context: SelectorContext,
  condition: Condition,
  cluster: number,
): string {
  const { facts } = context;
  const names = new Set<string>();
  const open = [condition];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.kind === 'and' || next.kind === 'or') open.push(...next.parts);
    else if (next.kind === 'not') open.push(next.part);
    else if (next.kind === 'cel')
      for (const column of next.columns) names.add(column);
    else if (
      next.kind === 'text' ||
      next.kind === 'exists' ||
      next.kind === 'compare'
    )
      names.add(`key ${next.key}`);
    else if (next.kind !== 'constant')
      names.add(next.kind === 'group' ? 'groups' : next.kind);
  }
  const texts = [...names]
    .sort()
    .slice(0, MAX_SHOWN)
    .map(name => describe(context, facts, name, cluster));
  return texts.length > 0 ? texts.join(', ') : 'this does not hold here';
}

function describe(
  context: SelectorContext,
  facts: FactIndex,
  name: string,
  cluster: number,
): string {
  if (name === 'groups') {
    const groups = context.groupsOf(cluster);
    return groups.length > 0
      ? `it is in the groups ${groups.join(', ')}`
      : 'it is in no group';
  }
  if (name === 'cluster' || name === 'namespace')
    return `it is not among these`;
  if (name.startsWith('key ')) {
    const key = name.slice('key '.length);
    return show(
      key,
      facts.labelOf(cluster, key) ?? facts.attributeOf(cluster, key),
    );
  }
  if (name.startsWith('labels.')) {
    const key = name.slice('labels.'.length);
    return show(key, facts.labelOf(cluster, key));
  }
  if (name.startsWith('attributes.')) {
    const key = name.slice('attributes.'.length);
    return show(key, facts.attributeOf(cluster, key));
  }
  return show(name, facts.fieldOf(cluster, name as ClusterField));
}

function show(key: string, fact: Fact | undefined): string {
  if (fact === undefined) return `it has no '${key}'`;
  return `its '${key}' is ${
    Array.isArray(fact) ? `[${fact.join(', ')}]` : fact
  }`;
}
