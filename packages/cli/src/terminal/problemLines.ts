import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { counted, printable } from './table';

/** More than these nobody reads; `-o json` has all. */
const SHOWN = 50;

/** Problems as people read them, one a line; nothing where there are none. @internal */
export function problemLines(problems: readonly Problem[]): string {
  if (problems.length === 0) return '';
  const lines = problems.slice(0, SHOWN).map(({ entity, field, message }) => {
    const place = [entity, field].filter(part => part !== '').join(' ');
    return `  ${printable(place === '' ? message : `${place}: ${message}`)}`;
  });
  const more = problems.length - SHOWN;
  if (more > 0) lines.push(`  … and ${counted(more, 'other problem')}`);
  return `${counted(problems.length, 'problem')}\n${lines.join('\n')}\n`;
}
