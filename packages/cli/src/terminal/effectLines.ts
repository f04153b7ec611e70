import {
  ClusterSet,
  PlanEffect,
} from '@res-edge/backstage-plugin-res-edge-common';
import { counted } from './table';

const SETS = [
  ['won', 'won'],
  ['lost', 'lost'],
  ['changed', 'changed'],
  ['refused', 'refused'],
  ['held', 'has to wait'],
  ['released', 'no longer has to wait'],
] as const;

/** An effect for people; text from outside stands in it as it came. @internal */
export function effectLines(effect: PlanEffect): string[] {
  const { kind, name, version } = effect;
  const versions = [version?.from, version?.to].filter(Boolean);
  const shown = [...new Set(versions)].join(' -> ');
  return [
    '',
    `${kind} ${name}${shown === '' ? '' : ` ${shown}`}`,
    ...SETS.flatMap(([key, words]) => setLines(words, effect[key])),
  ];
}

/** How many clusters, which, and in which groups; nothing for none. @internal */
export function setLines(what: string, set: ClusterSet | undefined): string[] {
  if (!set || set.count === 0) return [];
  const { count, sample, byGroup } = set;
  const names = `${sample.join(', ')}${count > sample.length ? ', …' : ''}`;
  const groups = byGroup.map(group => `${group.group} ${group.count}`);
  return [
    `  ${what} on ${counted(count, 'cluster')}: ${names}`,
    ...(groups.length > 0 ? [`    by group: ${groups.join(', ')}`] : []),
  ];
}
