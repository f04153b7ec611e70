import {
  EdgeEntity,
  EdgeKind,
} from '@res-edge/backstage-plugin-res-edge-common';

/** The formats that are imported, as `POST /v1/imports/{format}` names them; docs/imports.md describes them. @internal */
export const IMPORT_FORMATS = [
  'csv',
  'ndjson',
  'yaml',
  'original',
  'resources',
] as const;

/** One of {@link IMPORT_FORMATS}. @internal */
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** What is wrong with a record. @internal */
export interface RecordProblem {
  readonly message: string;
  /** Path of the field, such as `spec.groups[0]`; left out where the record gives none. */
  readonly field?: string;
  /** JSON pointer to the same field, such as `/spec/groups/0`. */
  readonly pointer?: string;
  /** The column of a CSV file that the value comes from. */
  readonly column?: string;
}

/**
 * One record of an import: an entity that is valid by its schema, or what is wrong with it. With neither it is passed
 * over, and a note says why.
 *
 * @internal
 */
export interface ImportRecord {
  /** From 1. */
  readonly number: number;
  /** Where it begins, from 1; left out where the format has no lines. */
  readonly line?: number;
  /** What the record says it is, as far as that can be read. */
  readonly kind?: EdgeKind;
  readonly name?: string;
  readonly entity?: EdgeEntity;
  readonly problem?: RecordProblem;
  /** What of it was left out, and why: sentences. */
  readonly notes: readonly string[];
}

/** A record before it is checked: what a reader makes of a row, a line, a document. @internal */
export interface RawRecord {
  readonly line?: number;
  readonly value?: unknown;
  readonly problem?: RecordProblem;
  /** Why the record is none of ours, and passed over. */
  readonly skip?: string;
  readonly notes?: readonly string[];
  /** The column that a field of the entity comes from, by the field's pointer. */
  readonly columnOf?: (pointer: string) => string | undefined;
}
