import { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { checkRecords, ImportDefaults } from './checkRecords';
import { CsvMapping } from './csvMapping';
import { ImportFormat, ImportRecord, RawRecord } from './ImportRecord';
import { readOriginal } from './original/readOriginal';
import { readCsv } from './readCsv';
import { readNdjson } from './readNdjson';
import { readResources, readResourcesYaml } from './readResources';
import { readYaml } from './readYaml';

/** How much one import may hold. @internal */
export interface ImportLimits {
  /** Characters of content. */
  readonly maxContent: number;
  readonly maxRecords: number;
}

/** What is imported. @internal */
export interface ImportSource {
  readonly format: ImportFormat;
  /** Left out where the format is `resources` and they are read from the catalog. */
  readonly content?: string;
  /** For `csv`, which needs it. */
  readonly mapping?: CsvMapping;
  readonly defaults?: ImportDefaults;
  /** The catalog's entities of kind Resource. */
  readonly resources?: () => AsyncIterable<Entity>;
}

/**
 * Reads an import into records, each an entity or what is wrong with it.
 *
 * @throws InputError where the whole is of no use: too large, no header, a mapping that does not fit
 * @internal
 */
export async function readImport(
  source: ImportSource,
  limits: ImportLimits,
): Promise<ImportRecord[]> {
  const { content, defaults } = source;
  if (content !== undefined && content.length > limits.maxContent) {
    throw new InputError(
      `content: ${content.length} characters are too many; at most ${limits.maxContent} are read`,
    );
  }
  const { maxRecords } = limits;
  return checkRecords(readRaw(source), { defaults, maxRecords });
}

function readRaw({
  format,
  content,
  mapping,
  resources,
}: ImportSource): AsyncIterable<RawRecord> | Iterable<RawRecord> {
  if (mapping && format !== 'csv') {
    throw new InputError(`mapping: only 'csv' has one, not '${format}'`);
  }
  if (format === 'resources' && content === undefined && resources) {
    return readResources(resources());
  }
  if (content === undefined) throw new InputError('content: is required');
  const text = content.replace(/^\uFEFF/, '');
  switch (format) {
    case 'csv':
      if (!mapping) {
        throw new InputError(`mapping: is required for 'csv'`);
      }
      return readCsv(text, mapping);
    case 'ndjson':
      return readNdjson(text);
    case 'yaml':
      return readYaml(text);
    case 'original':
      return readOriginal(text);
    case 'resources':
      return readResourcesYaml(text);
    default:
      throw new InputError(`format: '${format}' is unknown`);
  }
}
