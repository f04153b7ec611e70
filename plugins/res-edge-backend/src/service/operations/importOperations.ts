import { Entity } from '@backstage/catalog-model';
import {
  ImportedRecord,
  ImportReport,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ApplyResult, Mutation, MutationResult } from '../../database';
import {
  CsvMapping,
  ImportDefaults,
  ImportRecord,
  readImport,
} from '../../imports';
import { Access } from '../../permissions';
import { errorDetails } from '../errorDetails';
import { AreaOperations, OperationOptions } from './Operations';
import { previewWrites } from './previewWrites';

/** Imports of what other systems export. @internal */
export function importOperations({
  fleet,
  catalog,
  writer,
  limits,
}: OperationOptions): AreaOperations<'importRecords'> {
  return {
    async importRecords({ path, query, body, access, http = {} }) {
      const records = await readImport(
        {
          format: path.format,
          content: body.content,
          // What the document says of them is what these types say.
          mapping: body.mapping as CsvMapping | undefined,
          defaults: body.defaults as ImportDefaults | undefined,
          resources: () => clusterResources(catalog, access),
        },
        { maxContent: limits.batchBody, maxRecords: limits.batch },
      );
      const { atomic = false, dryRun = false } = query;
      const broken = records.some(({ problem }) => problem !== undefined);
      const result = await writer.write(mutationsOf(records), {
        access,
        requestId: http.requestId,
        operation: 'import',
        atomic,
        dryRun: dryRun || (atomic && broken),
      });
      return {
        ...reportOf(records, result),
        ...(dryRun && { effect: await previewWrites(fleet, access, result) }),
      };
    },
  };
}

/** What the caller may see of the catalog. */
async function* clusterResources(
  catalog: OperationOptions['catalog'],
  { credentials }: Access,
): AsyncGenerator<Entity> {
  const pages = catalog.streamEntities(
    { filter: { kind: 'Resource', 'spec.type': 'kubernetes-cluster' } },
    { credentials },
  );
  for await (const page of pages) yield* page;
}

function mutationsOf(records: readonly ImportRecord[]): Mutation[] {
  return records.flatMap(({ entity }) =>
    entity
      ? [
          {
            action: 'apply' as const,
            kind: entity.kind,
            name: entity.metadata.name,
            entity,
          },
        ]
      : [],
  );
}

function reportOf(
  records: readonly ImportRecord[],
  { revision, applied, results }: ApplyResult,
): ImportReport {
  const outcomes = results[Symbol.iterator]();
  const shown = records.map(record =>
    toImportedRecord(record, record.entity ? outcomes.next().value : undefined),
  );
  const counts = {
    created: 0,
    updated: 0,
    unchanged: 0,
    failed: 0,
    skipped: 0,
  };
  for (const { status } of shown) counts[status]++;
  return { revision, applied, counts, records: shown };
}

function toImportedRecord(
  { number, line, kind, name, problem, notes }: ImportRecord,
  outcome: MutationResult | undefined,
): ImportedRecord {
  const record = {
    number,
    ...(line !== undefined && { line }),
    ...(kind && { kind }),
    ...(name !== undefined && { name }),
    ...(notes.length > 0 && { notes: [...notes] }),
  };
  if (problem) {
    const { message, pointer, column } = problem;
    return {
      ...record,
      status: 'failed',
      ...(column !== undefined && { column }),
      error: {
        name: 'InputError',
        message,
        ...(pointer !== undefined && { details: [{ pointer, message }] }),
      },
    };
  }
  if (!outcome) return { ...record, status: 'skipped' };
  return {
    ...record,
    // Nothing is deleted by an import.
    status: outcome.status as Exclude<MutationResult['status'], 'deleted'>,
    ...(outcome.error && { error: errorDetails(outcome.error) }),
  };
}
