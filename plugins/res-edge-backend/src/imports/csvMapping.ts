import { InputError } from '@backstage/errors';
import { EdgeKind } from '@res-edge/backstage-plugin-res-edge-common';
import { Field, FieldType, resolveField } from './fieldPath';

/** Where the cells of a column go. @internal */
export interface CsvColumn {
  /** `metadata.name`, `metadata.labels.<key>`, `spec.attributes.<key>`: any single value or list of the kind. */
  readonly field: string;
  /** Only for attributes, which may be of any type: `string` where left out. */
  readonly type?: Exclude<FieldType, 'any'>;
  /** Between the entries of a list: `;` where left out. */
  readonly separator?: string;
  /** Put before each entry, such as `geo.us.`. */
  readonly prefix?: string;
  /** Whether to write it in small letters, as names have to be. */
  readonly lowerCase?: boolean;
}

/** How the columns of a CSV file become fields of entities. @internal */
export interface CsvMapping {
  /** `EdgeCluster` where left out. */
  readonly kind?: EdgeKind;
  /** Between cells: `,` where left out. */
  readonly delimiter?: ',' | ';' | '\t' | '|';
  /** By the header's text. Several columns may add to one list. */
  readonly columns: Readonly<Record<string, string | CsvColumn>>;
}

/** A column that was found in the kind's schema. @internal */
export interface MappedColumn extends Omit<CsvColumn, 'field' | 'type'> {
  readonly header: string;
  readonly field: Field;
  readonly type: Exclude<FieldType, 'any'>;
}

/**
 * Checks a mapping against the schema of its kind.
 *
 * @throws InputError that names the column
 * @internal
 */
export function resolveMapping(mapping: CsvMapping): {
  kind: EdgeKind;
  delimiter: string;
  columns: ReadonlyMap<string, MappedColumn>;
} {
  const kind = mapping.kind ?? 'EdgeCluster';
  const columns = new Map<string, MappedColumn>();
  const headers = new Map<string, string>();
  for (const [header, given] of Object.entries(mapping.columns)) {
    const column = typeof given === 'string' ? { field: given } : given;
    const mapped = resolveColumn(kind, header, column);
    const { path } = mapped.field;
    const other = headers.get(path);
    if (other !== undefined && mapped.type !== 'list') {
      throw mappingError(
        header,
        `'${path}' is given by column '${other}' already; only lists may come from several columns`,
      );
    }
    headers.set(path, header);
    columns.set(header, mapped);
  }
  if (!headers.has('metadata.name')) {
    throw Object.assign(
      new InputError(
        'mapping.columns: no column gives metadata.name, which every record needs',
      ),
      { field: 'mapping.columns' },
    );
  }
  return { kind, delimiter: mapping.delimiter ?? ',', columns };
}

function resolveColumn(
  kind: EdgeKind,
  header: string,
  { field: path, type: asked, ...column }: CsvColumn,
): MappedColumn {
  let field: Field;
  try {
    field = resolveField(kind, path);
  } catch (error) {
    throw mappingError(header, (error as Error).message);
  }
  if (asked && field.type !== 'any' && asked !== field.type) {
    throw mappingError(
      header,
      `'${path}' is a ${field.type}, not a ${asked}; leave the type out`,
    );
  }
  const type = field.type === 'any' ? asked ?? 'string' : field.type;
  if (column.separator === '') {
    throw mappingError(header, 'the separator is empty');
  }
  return { ...column, header, field, type };
}

function mappingError(header: string, message: string): InputError {
  return Object.assign(
    new InputError(`mapping.columns['${header}']: ${message}`),
    { field: 'mapping.columns' },
  );
}
