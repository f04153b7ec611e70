import { JsonObject } from '@backstage/types';
import {
  BatchResult,
  BatchSummary,
  EntityRecord,
  MutationOutcome,
  OperationBody,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ApplyResult, MutationResult } from '../../database';
import { etagOf } from '../../util/etag';
import { PayloadTooLargeError } from '../../util/PayloadTooLargeError';
import { errorDetails } from '../errorDetails';
import { entityRecord } from './entityRecord';
import { AreaOperations, OperationOptions } from './Operations';
import { previewWrites } from './previewWrites';
import { Reply } from './Reply';
import { toMutation } from './toMutation';

/** Writes of entities that originate here. @internal */
export function entityWriteOperations({
  fleet,
  writer,
  limits,
}: OperationOptions): AreaOperations<
  | 'createEntity'
  | 'applyEntity'
  | 'patchEntity'
  | 'deleteEntity'
  | 'writeEntities'
  | 'whatIf'
> {
  const mutationsOf = ({ mutations }: OperationBody<'whatIf'>) => {
    if (mutations.length > limits.batch) {
      throw new PayloadTooLargeError(
        `A batch of ${mutations.length} mutations is too large; at most ${limits.batch} are allowed`,
      );
    }
    return mutations.map(toMutation);
  };

  return {
    async createEntity({ body, access, http = {} }) {
      const { kind, metadata } = body;
      const result = await writer.writeOne(
        { action: 'create', kind, name: metadata.name, entity: body },
        { access, requestId: http.requestId },
      );
      return written(result);
    },
    async applyEntity({ path, body, access, http = {} }) {
      const result = await writer.writeOne(
        { action: 'apply', ...path, ...http.conditions, entity: body },
        { access, requestId: http.requestId },
      );
      return written(result);
    },
    async patchEntity({ path, body, access, http = {} }) {
      const result = await writer.writeOne(
        {
          action: 'patch',
          ...path,
          ...http.conditions,
          patch: body as JsonObject,
        },
        { access, requestId: http.requestId },
      );
      return written(result);
    },
    async deleteEntity({ path, access, http = {} }) {
      await writer.writeOne(
        { action: 'delete', ...path, ...http.conditions },
        { access, requestId: http.requestId },
      );
      return new Reply<never>(undefined, { status: 204 });
    },
    async writeEntities({ query, body, access, http = {} }) {
      const result = await writer.write(mutationsOf(body), {
        access,
        requestId: http.requestId,
        atomic: query.atomic,
        dryRun: query.dryRun,
      });
      const summary: BatchSummary = {
        ...summaryOf(result),
        ...(query.dryRun && {
          effect: await previewWrites(fleet, access, result),
        }),
      };
      if (http.wantsLines) {
        return new Reply<never>(undefined, {
          lines: linesOf(result, summary),
        });
      }
      const answer: BatchResult = {
        ...summary,
        results: result.results.map(toOutcome),
      };
      return new Reply(answer);
    },
    async whatIf({ body, access, http = {} }) {
      const result = await writer.write(mutationsOf(body), {
        access,
        requestId: http.requestId,
        dryRun: true,
      });
      return {
        revision: result.revision,
        results: result.results.map(toOutcome),
        effect: await previewWrites(fleet, access, result),
      };
    },
  };
}

function written({ kind, name, status, record }: MutationResult) {
  const answer: EntityRecord = entityRecord(record!);
  const isNew = status === 'created';
  return new Reply(answer, {
    status: isNew ? 201 : 200,
    headers: {
      ETag: answer.etag,
      ...(isNew && {
        Location: `/api/res-edge/v1/entities/${kind}/${encodeURIComponent(
          name,
        )}`,
      }),
    },
  });
}

function summaryOf({ revision, applied, results }: ApplyResult): BatchSummary {
  const counts = {
    created: 0,
    updated: 0,
    deleted: 0,
    unchanged: 0,
    failed: 0,
  };
  for (const { status } of results) counts[status]++;
  return { revision, applied, counts };
}

function* linesOf(
  { results }: ApplyResult,
  summary: BatchSummary,
): Generator<object> {
  for (const result of results) yield toOutcome(result);
  yield { summary };
}

function toOutcome(result: MutationResult): MutationOutcome {
  const { index, kind, name, status, revision, error } = result;
  return {
    index,
    kind,
    name,
    status,
    ...(revision !== undefined && { etag: etagOf(revision) }),
    ...(error && { error: errorDetails(error, '/entity') }),
  };
}
