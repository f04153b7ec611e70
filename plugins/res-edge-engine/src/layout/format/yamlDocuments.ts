import {
  Composer,
  Document,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  Parser,
  visit,
} from 'yaml';

/** Enough for people who write them; what explodes needs many. */
const DEFAULT_MAX_ALIASES = 10;
/** No entity is nested as deeply; the memory of a machine ends somewhere. */
const MAX_DEPTH = 200;

/** What is wrong with a document of YAML, and where. @public */
export interface DocumentProblem {
  readonly message: string;
  readonly field: string;
  readonly line: number;
}

/** A document of a YAML file; one that cannot be read has a problem instead of a value. @public */
export interface YamlDocument {
  /** From 1. */
  readonly number: number;
  readonly line: number;
  /** What a document with a problem says it is, as far as that can be read. */
  readonly head: { apiVersion?: unknown; kind?: unknown; name?: unknown };
  readonly value?: unknown;
  readonly problem?: DocumentProblem;
  /** The rest of the file cannot be read. */
  readonly last?: boolean;
  /** The line of a field, or of what is nearest above it. */
  lineOf(field: string): number;
}

/**
 * The documents of a YAML file, one at a time, as YAML 1.2 without tags.
 *
 * @param options - `maxAliases`: how many a document may have; 10 where left out, 0 for what strangers send
 * @public
 */
export function* yamlDocuments(
  text: string,
  options: { maxAliases?: number } = {},
): Generator<YamlDocument> {
  const { maxAliases = DEFAULT_MAX_ALIASES } = options;
  const lines = new LineCounter();
  const composer = new Composer({
    strict: true,
    merge: false,
    resolveKnownTags: false,
    logLevel: 'error',
    // Looked for below: the library compares each key with each other one.
    uniqueKeys: false,
  });
  let number = 0;
  try {
    for (const document of composer.compose(tokens(text, lines))) {
      number += 1;
      const lineAt = (offset = 0) => lines.linePos(offset).line;
      yield readDocument(document, number, lineAt, maxAliases);
    }
  } catch (error) {
    const line = lines.lineStarts.length;
    yield {
      number: number + 1,
      line,
      head: {},
      problem: { message: messageOf(error), field: '', line },
      last: true,
      lineOf: () => line,
    };
  }
}

/** What the library's parser yields, but of limited depth. */
function* tokens(text: string, lines: LineCounter) {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > MAX_DEPTH) {
      throw new RangeError(`nested more than ${MAX_DEPTH} deep`);
    }
  }
  yield* parser.end();
}

function readDocument(
  document: Document.Parsed,
  number: number,
  lineAt: (offset?: number) => number,
  maxAliases: number,
): YamlDocument {
  const { contents } = document;
  const line = lineAt(contents?.range?.[0] ?? document.range[0]);
  const lineOf = (field: string) => lineAt(offsetOf(document, field));
  const head = isMap(contents)
    ? {
        apiVersion: contents.get('apiVersion'),
        kind: contents.get('kind'),
        name: contents.getIn(['metadata', 'name']),
      }
    : {};
  const base = { number, line, head, lineOf };
  const wrong = document.errors[0] ?? document.warnings[0];
  if (wrong) {
    const message = `not valid YAML: ${wrong.message}`;
    const problem = { message, field: '', line: lineAt(wrong.pos[0]) };
    return { ...base, problem };
  }
  const problem = structureProblem(document, lineAt, maxAliases);
  if (problem) return { ...base, problem };
  try {
    return { ...base, value: document.toJS({ maxAliasCount: 100 }) };
  } catch (error) {
    return { ...base, problem: { message: messageOf(error), field: '', line } };
  }
}

/** A key that stands twice, or aliases that could explode. */
function structureProblem(
  document: Document.Parsed,
  lineAt: (offset?: number) => number,
  maxAliases: number,
): DocumentProblem | undefined {
  let found: DocumentProblem | undefined;
  let aliases = 0;
  visit(document, {
    Alias(_key, node, ancestors) {
      aliases += 1;
      if (aliases <= maxAliases) return undefined;
      found = {
        message:
          maxAliases === 0
            ? 'aliases are not allowed'
            : `more than ${maxAliases} aliases in one document are not allowed`,
        field: fieldOf([...ancestors, node]),
        line: lineAt(node.range?.[0]),
      };
      return visit.BREAK;
    },
    Map(_key, map, ancestors) {
      const keys = new Set<string>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? String(key.value) : undefined;
        if (name === undefined) continue;
        if (keys.has(name)) {
          found = {
            message: `the key ${JSON.stringify(
              name.slice(0, 80),
            )} stands here twice`,
            field: fieldOf([...ancestors, map]),
            line: lineAt(isNode(key) ? key.range?.[0] : undefined),
          };
          return visit.BREAK;
        }
        keys.add(name);
      }
      return undefined;
    },
  });
  return found;
}

function fieldOf(nodes: readonly unknown[]): string {
  return nodes
    .map((node, index) => {
      if (isPair(node)) return `.${isScalar(node.key) ? node.key.value : '?'}`;
      if (!isSeq(node) || index + 1 === nodes.length) return '';
      return `[${node.items.indexOf(nodes[index + 1])}]`;
    })
    .join('')
    .replace(/^\./, '');
}

/** Where the value of a field, written as in {@link DocumentProblem}, begins. */
function offsetOf(
  document: Document.Parsed,
  field: string,
): number | undefined {
  const path = [...field.matchAll(/\["((?:[^"\\]|\\.)*)"\]|[^.[\]]+/g)].map(
    ([part, quoted]) => quoted ?? part,
  );
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return undefined;
}

function messageOf(error: unknown): string {
  return `not valid YAML: ${(error as Error).message}`;
}
