// A writer of its own, because every reader must see the same: JavaScript (YAML 1.2), kustomize (a mix) and
// Kubernetes (YAML 1.1) disagree about `yes`, `1:20`, `0o17`, about line separators of Unicode, and about comments.
// Whatever is not plainly a word is quoted, and whatever is not plainly printable is escaped.
const PLAIN = /^[A-Za-z/][A-Za-z0-9_./@+-]*(?::[A-Za-z0-9_./@+-]+)*$/;
/** `e0` is a number for some readers of YAML 1.1. */
const RESERVED = /^(?:y|yes|n|no|true|false|on|off|null|nan|inf|e[-+]?\d+)$/i;
const ESCAPED =
  /[\u007f-\u00a0\u00ad\u2000-\u200f\u2028-\u202f\ufeff\ufff0-\uffff]/g;
const LONE_SURROGATE = /[\ud800-\udfff]/gu;
const BLOCK = /^[\x21-\x7e][\x20-\x7e]*(?:\n(?:[\x20-\x7e]*[\x21-\x7e])?)*\n$/;

/** A string as a double-quoted scalar, the same in each version of YAML. @internal */
export function quote(text: string): string {
  return JSON.stringify(text.replace(LONE_SURROGATE, '\ufffd')).replace(
    ESCAPED,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A string as a scalar: plain where no reader could take it for something else. @internal */
export function scalar(text: string): string {
  return PLAIN.test(text) && !RESERVED.test(text) ? text : quote(text);
}

/**
 * Writes plain data as YAML: mappings in the order of their keys, no aliases, no tags.
 *
 * @internal
 */
export function toYaml(value: unknown): string {
  const lines: string[] = [];
  write(value, '', '', lines);
  return `${lines.join('\n')}\n`;
}

function write(value: unknown, head: string, indent: string, lines: string[]) {
  if (Array.isArray(value) && value.length > 0) {
    if (head !== '') lines.push(head);
    for (const item of value) writeItem(item, indent, lines);
  } else if (isMapping(value) && entriesOf(value).length > 0) {
    if (head !== '') lines.push(head);
    for (const [key, child] of entriesOf(value)) {
      writeEntry(`${indent}${scalar(key)}:`, child, indent, lines);
    }
  } else {
    lines.push(head === '' ? inline(value) : `${head} ${inline(value)}`);
  }
}

function writeEntry(
  head: string,
  child: unknown,
  indent: string,
  lines: string[],
) {
  if (typeof child === 'string' && isBlock(child)) {
    lines.push(`${head} |`, ...blockLines(child, `${indent}  `));
  } else {
    write(child, head, `${indent}  `, lines);
  }
}

function writeItem(item: unknown, indent: string, lines: string[]) {
  if (typeof item === 'string' && isBlock(item)) {
    lines.push(`${indent}- |`, ...blockLines(item, `${indent}  `));
    return;
  }
  const start = lines.length;
  write(item, '', `${indent}  `, lines);
  const first = lines[start];
  lines[start] = `${indent}- ${
    first.startsWith(`${indent}  `) ? first.slice(indent.length + 2) : first
  }`;
}

function isBlock(text: string): boolean {
  const lines = text.indexOf('\n') < text.length - 1;
  return lines && !text.endsWith('\n\n') && BLOCK.test(text);
}

function blockLines(text: string, indent: string): string[] {
  return text
    .slice(0, -1)
    .split('\n')
    .map(line => (line === '' ? '' : indent + line));
}

function inline(value: unknown): string {
  if (typeof value === 'string') return scalar(value);
  if (Array.isArray(value)) return '[]';
  if (isMapping(value)) return '{}';
  return value === undefined ? 'null' : String(value);
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function entriesOf(value: Record<string, unknown>): [string, unknown][] {
  return Object.entries(value).filter(([, child]) => child !== undefined);
}
