// A writer for what entities consist of. The usual library takes minutes for 60,000 of them.

const RESERVED = /^(?:true|false|yes|no|on|off|null|y|n)$/i;
const PLAIN = /^[A-Za-z./](?:[\w ./+-]*[\w./+-])?(?::[\w./+-]+)*$/;

function scalar(value: unknown): string {
  if (typeof value !== 'string') {
    return JSON.stringify(value);
  }
  return PLAIN.test(value) && !RESERVED.test(value)
    ? value
    : JSON.stringify(value);
}

function isShort(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

function flow(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(flow).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, part]) => `${scalar(key)}: ${flow(part)}`)
      .join(', ')} }`;
  }
  return scalar(value);
}

/** Mappings and lists of scalars stand in one line, others in block style. */
function block(value: object, indent: string): string {
  return Object.entries(value)
    .map(([key, part]) => {
      const flat =
        isShort(part) || Object.values(part as object).every(isShort);
      return flat || Array.isArray(part)
        ? `${indent}${scalar(key)}: ${flow(part)}\n`
        : `${indent}${scalar(key)}:\n${block(part as object, `${indent}  `)}`;
    })
    .join('');
}

/** Entities as one YAML file. */
export function toYaml(entities: readonly object[]): string {
  return entities.map(entity => block(entity, '')).join('---\n');
}
