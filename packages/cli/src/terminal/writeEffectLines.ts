import { WriteEffect } from '@res-edge/backstage-plugin-res-edge-common';
import { effectLines, setLines } from './effectLines';
import { counted } from './table';

const SHOWN_FILES = 20;

/** What writes would cause, for people; text from outside stands in it as it came. @internal */
export function writeEffectLines(effect: WriteEffect): string[] {
  const { effects, values, problems, changeRequests, files, delivery } = effect;
  const lines = effects.flatMap(effectLines);
  for (const { key, from, to, clusters } of values.changes) {
    const became = `${from ?? '(nothing)'} -> ${to ?? '(nothing)'}`;
    lines.push('', `value ${key}: ${became}`, ...setLines('changed', clusters));
  }
  if (values.more > 0)
    lines.push('', `and ${counted(values.more, 'more change')} of values`);
  for (const [what, set] of [
    ['problems that arise', problems.arising],
    ['problems that go', problems.going],
  ] as const) {
    if (set.count === 0) continue;
    lines.push('', `${what}: ${set.count.toLocaleString('en')}`);
    for (const { entity, field, message } of set.items)
      lines.push(`  ${[entity, field].filter(Boolean).join('#')}: ${message}`);
  }
  if (changeRequests.length > 0) {
    lines.push('', 'change requests:');
    for (const { title, direct } of changeRequests)
      lines.push(`  ${title}${direct ? ' (merged by itself)' : ''}`);
  }
  if (files.length > 0) {
    lines.push('', `${counted(files.length, 'file')} of main:`);
    for (const { path, status } of files.slice(0, SHOWN_FILES))
      lines.push(`  ${status} ${path}`);
    const more = files.length - SHOWN_FILES;
    if (more > 0) lines.push(`  and ${more.toLocaleString('en')} more`);
  }
  const { bills, values: valuesFiles, revisions, shards } = delivery;
  if (shards > 0)
    lines.push(
      '',
      `delivery: ${counted(bills, 'bill')}, ${counted(
        valuesFiles,
        'values file',
      )}, ${counted(revisions, 'revision')} in ${counted(shards, 'shard')}`,
    );
  return lines.length === 0 ? ['no difference'] : lines;
}
