import {
  ANNOTATION_EDIT_URL,
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  ANNOTATION_VIEW_URL,
  DEFAULT_NAMESPACE,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  EDGE_KINDS,
  EdgeEntity,
  EdgeEntityError,
  edgeKindOf,
  EdgeKind,
  entityRefOf,
  validateEdgeEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { isPrototypeKey } from '../util/isPrototypeKey';
import { fieldPointer } from '../util/fieldPointer';
import { Field, getField, resolveField, setField } from './fieldPath';
import { orUndefined } from './facts';
import { ImportRecord, RawRecord, RecordProblem } from './ImportRecord';

/** No entity is nested as deeply. */
const MAX_DEPTH = 32;
// Where another catalog has an entity from; here it would be wrong.
const FOREIGN_ANNOTATIONS = [
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  ANNOTATION_VIEW_URL,
  ANNOTATION_EDIT_URL,
  'backstage.io/orphan',
];
/** So many records are checked before others get their turn. */
const BATCH = 100;

/** Values of fields that a record leaves out, by kind and the field's path. @internal */
export type ImportDefaults = {
  readonly [Kind in EdgeKind]?: Readonly<Record<string, unknown>>;
};

/**
 * Makes entities of what a reader found: adds defaults, takes away what a catalog adds for itself, and checks each
 * against its schema. A record that is wrong does not stop the others.
 *
 * @throws InputError where there are too many records, or a default is of no use
 * @internal
 */
export async function checkRecords(
  raw: AsyncIterable<RawRecord> | Iterable<RawRecord>,
  options: { defaults?: ImportDefaults; maxRecords: number },
): Promise<ImportRecord[]> {
  const defaults = resolveDefaults(options.defaults ?? {});
  const records: ImportRecord[] = [];
  const seen = new Map<string, ImportRecord>();
  for await (const record of raw) {
    const number = records.length + 1;
    if (number > options.maxRecords) {
      throw new InputError(
        `content: more than ${options.maxRecords} records; divide it`,
      );
    }
    records.push(once(checkRecord(record, number, defaults), seen));
    if (number % BATCH === 0) {
      await new Promise(resolve => setImmediate(resolve));
    }
  }
  return records;
}

type ResolvedDefaults = ReadonlyMap<
  EdgeKind,
  readonly { field: Field; value: unknown }[]
>;

function resolveDefaults(defaults: ImportDefaults): ResolvedDefaults {
  return new Map(
    EDGE_KINDS.map(kind => [
      kind,
      Object.entries(defaults[kind] ?? {}).map(([path, value]) => {
        try {
          return { field: resolveField(kind, path), value };
        } catch (error) {
          throw new InputError(`defaults.${kind}: ${(error as Error).message}`);
        }
      }),
    ]),
  );
}

function checkRecord(
  raw: RawRecord,
  number: number,
  defaults: ResolvedDefaults,
): ImportRecord {
  const { line, value, notes = [] } = raw;
  const head = headOf(value);
  const base = { number, line, ...head, notes };
  if (raw.problem) return { ...base, problem: raw.problem };
  const skip =
    raw.skip ?? (head.kind === undefined ? foreignKind(value) : undefined);
  if (skip !== undefined) return { ...base, notes: [...notes, skip] };
  try {
    checkKeys(value, 0);
    const entity = asAuthored(value, head.kind, defaults);
    return { ...base, entity: validateEdgeEntity(entity) };
  } catch (error) {
    return { ...base, problem: problemOf(error, raw) };
  }
}

/** A name that stands twice: the first counts, as with origins. */
function once(
  record: ImportRecord,
  seen: Map<string, ImportRecord>,
): ImportRecord {
  if (!record.entity) return record;
  const ref = entityRefOf(record.entity.kind, record.entity.metadata.name);
  const first = seen.get(ref);
  if (!first) {
    seen.set(ref, record);
    return record;
  }
  const { entity, ...rest } = record;
  const place =
    first.line === undefined ? `record ${first.number}` : `line ${first.line}`;
  return {
    ...rest,
    problem: {
      message: `${ref} is given in ${place} already`,
      field: 'metadata.name',
      pointer: '/metadata/name',
    },
  };
}

function headOf(value: unknown): Pick<ImportRecord, 'kind' | 'name'> {
  const { kind, metadata } = (value ?? {}) as Partial<EdgeEntity>;
  const name = metadata?.name;
  return {
    kind: typeof kind === 'string' ? edgeKindOf(kind) : undefined,
    name: typeof name === 'string' ? name.slice(0, 253) : undefined,
  };
}

/** What a folder of YAML may hold beside our kinds. */
function foreignKind(value: unknown): string | undefined {
  const { apiVersion, kind } = (value ?? {}) as Partial<EdgeEntity>;
  return typeof apiVersion === 'string' &&
    typeof kind === 'string' &&
    !apiVersion.startsWith('res-edge.io/')
    ? `the kind ${(kind as string).slice(0, 80)} is not imported`
    : undefined;
}

function asAuthored(
  value: unknown,
  kind: EdgeKind | undefined,
  defaults: ResolvedDefaults,
): unknown {
  if (!isMapping(value) || !isMapping(value.metadata) || !kind) return value;
  const { relations, status, ...entity } = value;
  const { uid, etag, generation, annotations, ...metadata } = value.metadata;
  const kept = isMapping(annotations)
    ? ownAnnotations(annotations)
    : annotations;
  const authored: Record<string, unknown> = {
    ...entity,
    metadata: {
      ...metadata,
      namespace: metadata.namespace ?? DEFAULT_NAMESPACE,
      ...(kept !== undefined && { annotations: kept }),
    },
    spec: isMapping(value.spec) ? { ...value.spec } : value.spec,
  };
  if (!isMapping(authored.spec)) return authored;
  for (const { field, value: orElse } of defaults.get(kind)!) {
    if (getField(authored, field) === undefined) {
      setField(authored, field, orElse);
    }
  }
  return authored;
}

function ownAnnotations(
  annotations: Record<string, unknown>,
): Record<string, unknown> | undefined {
  return orUndefined(
    Object.fromEntries(
      Object.entries(annotations).filter(
        ([key]) => !FOREIGN_ANNOTATIONS.includes(key),
      ),
    ),
  );
}

function checkKeys(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAX_DEPTH) {
    throw new InputError(`nested more than ${MAX_DEPTH} deep`);
  }
  for (const key of Object.keys(value)) {
    if (isPrototypeKey(key)) {
      throw new InputError(`the key '${key}' is not allowed`);
    }
    checkKeys((value as Record<string, unknown>)[key], depth + 1);
  }
}

function problemOf(error: unknown, raw: RawRecord): RecordProblem {
  if (!(error instanceof EdgeEntityError)) {
    return { message: (error as Error).message };
  }
  const pointer = fieldPointer(error.field);
  return {
    message: error.detail,
    field: error.field,
    pointer,
    column: raw.columnOf?.(pointer),
  };
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
