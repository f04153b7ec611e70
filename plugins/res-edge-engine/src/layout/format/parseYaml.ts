import { InputError } from '@backstage/errors';
import {
  Document,
  parseAllDocuments,
  parseDocument,
  ParseOptions,
  DocumentOptions,
  SchemaOptions,
  Tags,
} from 'yaml';

type Tag = Tags[number];

/** The largest YAML file that is read, in characters. */
const MAX_LENGTH = 2_000_000;

const STRICT: ParseOptions & DocumentOptions & SchemaOptions = {
  uniqueKeys: true,
  strict: true,
  merge: false,
  prettyErrors: true,
};

/**
 * Reads one document as YAML 1.2, without aliases: nothing that we write has any, and they can be made to explode.
 *
 * @throws InputError that says what is wrong and where
 * @public
 */
export function parseYaml(text: string): unknown {
  checkLength(text);
  return guarded(() => valueOf(parseDocument(text, STRICT)));
}

/**
 * Reads a stream of manifests as Kubernetes does, by YAML 1.1: `0644` is octal and `yes` is true; but times of day
 * and dates stay strings, and no type beyond those of JSON exists.
 *
 * @throws InputError that says what is wrong and where
 * @internal
 */
export function parseKubernetesYaml(text: string): unknown[] {
  if (text.length > 10 * MAX_LENGTH) checkLength(text);
  return guarded(() => {
    const documents = parseAllDocuments(text, {
      ...STRICT,
      schema: 'yaml-1.1',
      resolveKnownTags: false,
      customTags: tags =>
        tags
          .filter(
            tag =>
              typeof tag === 'string' ||
              (tag.format !== 'TIME' &&
                !/:(?:timestamp|binary|omap|pairs|set|merge)$/.test(tag.tag)),
          )
          .map(withDigit),
    });
    return Array.isArray(documents) ? documents.map(valueOf) : [];
  });
}

/** A dot alone is a number by the letter of YAML 1.1, and for no reader in Go. */
function withDigit(tag: Tag): Tag {
  if (typeof tag === 'string' || !('test' in tag) || !tag.test?.test('.')) {
    return tag;
  }
  return { ...tag, test: new RegExp(`(?=.*[0-9])${tag.test.source}`) };
}

/** @internal */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Bytes of a file as text. @throws InputError where they are no UTF-8 @internal */
export function textOf(content: string | Uint8Array): string {
  if (typeof content === 'string') return content;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new InputError('the file is no UTF-8 text');
  }
}

function valueOf(document: Document.Parsed): unknown {
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) throw new InputError(problem.message.split('\n')[0]);
  return document.toJS({ maxAliasCount: 0 });
}

function guarded<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) throw error;
    // Aliases are refused by throwing, and nesting that is deep enough ends in a RangeError.
    throw new InputError(`not valid YAML: ${(error as Error).message}`);
  }
}

function checkLength(text: string) {
  if (text.length > MAX_LENGTH) {
    throw new InputError(
      `YAML of ${text.length} characters is too large; at most ${MAX_LENGTH} are read`,
    );
  }
}
