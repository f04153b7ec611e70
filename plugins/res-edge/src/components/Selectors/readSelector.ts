import { isMap, parseDocument } from 'yaml';
import { Selector } from '@res-edge/backstage-plugin-res-edge-common';

/** What somebody typed, read as a selector; errors are places in the text. */
export type ReadSelector =
  | { kind: 'empty' }
  | { kind: 'error'; message: string; position?: number }
  | {
      kind: 'selector';
      selector: Selector;
      /** From a field of the selector, and a position in it, to a place in the text. */
      locate: (field?: string, position?: number) => number | undefined;
    };

/** A mapping starts with `{` or with a word and a colon; everything else is a string: CEL, or the original's language. */
const MAPPING = /^(\s*(#.*)?\n)*\s*(\{|[A-Za-z]\w*:(\s|$))/;

/** Reads a mapping in YAML or JSON, or a string, as they may stand in an entity's `spec.selector`. */
export function readSelector(text: string): ReadSelector {
  if (text.trim() === '') {
    return { kind: 'empty' };
  }
  return MAPPING.test(text) ? readMapping(text) : readString(text);
}

function readString(text: string): ReadSelector {
  const start = text.length - text.trimStart().length;
  return {
    kind: 'selector',
    selector: text.trim(),
    locate: (_field, position) =>
      position === undefined ? undefined : start + position,
  };
}

function readMapping(text: string): ReadSelector {
  const document = parseDocument(text, { prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    return { kind: 'error', message: error.message, position: error.pos[0] };
  }
  if (!isMap(document.contents)) {
    return { kind: 'error', message: 'A selector is a mapping or a string.' };
  }
  try {
    return {
      kind: 'selector',
      selector: document.toJS({ maxAliasCount: 0 }),
      locate: (field = '', position = 0) => {
        const path = [...field.matchAll(/[^.[\]]+/g)].map(([part]) =>
          /^\d+$/.test(part) ? Number(part) : part,
        );
        return locateIn(document, path, position);
      },
    };
  } catch (caught) {
    return { kind: 'error', message: (caught as Error).message };
  }
}

function locateIn(
  document: ReturnType<typeof parseDocument>,
  path: (string | number)[],
  position: number,
): number | undefined {
  // fields are named from the selector or from the entity down, so the first parts may be none of ours
  for (let skipped = 0; skipped < path.length; skipped += 1) {
    const node = document.getIn(path.slice(skipped), true) as
      | { range?: [number, number, number]; type?: string }
      | undefined;
    if (node?.range) {
      return (
        node.range[0] + (node.type?.startsWith('QUOTE') ? 1 : 0) + position
      );
    }
  }
  return undefined;
}
