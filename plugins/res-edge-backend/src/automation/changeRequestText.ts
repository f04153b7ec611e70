import {
  ClusterSet,
  FileDiff,
  PlanEffect,
  PlanSummary,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { codeOf, tableOf } from '../util/markdown';

/** What a change request says. @internal */
export interface ChangeRequestFacts {
  /** Reference of the entity that is asked for. */
  readonly intent: string;
  readonly owner?: string;
  readonly requestedBy?: string;
  readonly totals: PlanSummary['totals'];
  readonly effects: readonly PlanEffect[];
  readonly problems: readonly Problem[];
  readonly files: readonly Pick<FileDiff, 'path' | 'status'>[];
}

const MAX_EFFECTS = 30;
const MAX_LINES = 20;
const MAX_GROUPS = 5;
const MAX_FILES = 50;
/** GitHub takes 65,536 characters. */
const MAX_LENGTH = 60_000;

/**
 * A change request in words, for people who decide about it elsewhere: what changes for whom, why, what is at risk, and
 * in which files. Markdown, in which all that comes from entities stands as code.
 *
 * @internal
 */
export function changeRequestText(facts: ChangeRequestFacts): string {
  return [
    whyOf(facts),
    `### What changes for whom\n\n${effectsOf(facts)}`,
    `### Risk\n\n${riskOf(facts)}`,
    `### Files\n\n${filesOf(facts)}`,
  ]
    .join('\n\n')
    .slice(0, MAX_LENGTH);
}

function whyOf({ intent, owner, requestedBy }: ChangeRequestFacts): string {
  const from = requestedBy ? `, registered at ${codeOf(requestedBy)}` : '';
  const by = owner ? `, owned by ${codeOf(owner)}` : '';
  return requestedBy || owner
    ? `Asked for by ${codeOf(intent)}${from}${by}.`
    : `${codeOf(intent)} is registered no more.`;
}

function effectsOf({ effects, totals }: ChangeRequestFacts): string {
  if (effects.length === 0) return 'Nothing runs anywhere because of it yet.';
  const rows = effects
    .slice(0, MAX_EFFECTS)
    .map(({ kind, name, version, won, lost, changed, refused }) => [
      `${kind} ${codeOf(name)}${versionOf(version)}`,
      ...[won, lost, changed, refused].map(({ count }) => String(count)),
    ]);
  const more = effects.length - rows.length;
  const places = effects.flatMap(effect =>
    (['won', 'lost', 'refused'] as const)
      .filter(what => effect[what].count > 0)
      .map(
        what => `- ${codeOf(effect.name)} ${what} in ${placesOf(effect[what])}`,
      ),
  );
  return [
    `The folders of ${clustersOf(totals.bills)} change.`,
    tableOf(['', 'won', 'lost', 'changed', 'refused'], rows) +
      (more > 0 ? `\n\nand ${more} more` : ''),
    ...(places.length > 0 ? [linesOf(places)] : []),
  ].join('\n\n');
}

function versionOf(version: PlanEffect['version']): string {
  if (!version) return '';
  const { from, to } = version;
  if (from === to || from === undefined) return to ? ` ${codeOf(to)}` : '';
  return ` ${codeOf(from)} → ${to === undefined ? 'none' : codeOf(to)}`;
}

function placesOf({ count, sample, byGroup }: ClusterSet): string {
  const groups = byGroup
    .slice(0, MAX_GROUPS)
    .map(({ group, count: members }) => `${codeOf(group)} ${members}`);
  const more = byGroup.length - groups.length;
  const names = sample.slice(0, 3).map(codeOf).join(', ');
  const others = count > 3 ? ', …' : '';
  return groups.length > 0
    ? `${groups.join(', ')}${
        more > 0 ? ` and ${more} more` : ''
      } (${names}${others})`
    : `${names}${others}`;
}

function riskOf({ totals, effects, problems }: ChangeRequestFacts): string {
  const risks = [
    ...problems.map(
      ({ field, message }) =>
        `- **It must not be merged as it is:** ${codeOf(
          field ? `${field}: ${message}` : message,
        )}`,
    ),
    ...effects
      .filter(({ lost }) => lost.count > 0)
      .map(
        ({ kind, name, lost }) =>
          `- It takes ${kind} ${codeOf(name)} away from ${clustersOf(
            lost.count,
          )}. Whoever merges signs that off.`,
      ),
    ...(totals.refused > 0
      ? [
          `- ${totals.refused} placements are refused: no capacity, a prohibition, or a dependency that is not there.`,
        ]
      : []),
  ];
  return risks.length > 0 ? linesOf(risks) : 'Nothing is taken away.';
}

function linesOf(lines: readonly string[]): string {
  const more = lines.length - MAX_LINES;
  return (
    lines.slice(0, MAX_LINES).join('\n') +
    (more > 0 ? `\n- and ${more} more` : '')
  );
}

function filesOf({ files }: ChangeRequestFacts): string {
  const rows = files
    .slice(0, MAX_FILES)
    .map(({ path, status }) => [codeOf(path), status]);
  const more = files.length - rows.length;
  return tableOf(['file', ''], rows) + (more > 0 ? `\n\nand ${more} more` : '');
}

function clustersOf(count: number): string {
  return count === 1 ? '1 cluster' : `${count} clusters`;
}
