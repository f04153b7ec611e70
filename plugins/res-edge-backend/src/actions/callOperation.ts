import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  openapiDocument,
  OperationBody,
  OperationPath,
  OperationQuery,
  OperationResult,
  ResEdgeOperationId,
} from '@res-edge/backstage-plugin-res-edge-common';
import { actorOf } from '../permissions';
import { auditEvents, checkTexts, OperationRequest, Reply } from '../service';
import { ActionOptions } from './ActionOptions';

/** Names of the permissions that the document asks for, by operation. */
const PERMISSIONS = new Map(
  Object.values(openapiDocument.paths).flatMap(methods =>
    Object.values(methods).map(operation => [
      operation.operationId,
      operation['x-permission'],
    ]),
  ),
);

/** What an operation takes, without what is empty. */
interface OperationCall<Id extends ResEdgeOperationId> {
  readonly path?: OperationPath<Id>;
  readonly query?: OperationQuery<Id>;
  readonly body?: OperationBody<Id>;
  /** What must hold of an entity for it to be written. */
  readonly conditions?: { readonly ifMatch: readonly string[] };
}

/**
 * Calls an operation of the API as a request over HTTP would: with the permissions that the document names, and as an
 * event of the audit log where it changes something.
 *
 * @internal
 */
export async function callOperation<Id extends ResEdgeOperationId>(
  { accessFactory, auditor, operations }: ActionOptions,
  id: Id,
  credentials: BackstageCredentials,
  { path, query, body, conditions }: OperationCall<Id>,
): Promise<OperationResult<Id>> {
  const audited = auditEvents.get(id);
  const event =
    audited &&
    (await auditor.createEvent({
      ...audited,
      meta: { ...path, action: true, actor: actorOf(credentials) },
    }));
  try {
    checkTexts({ path: path ?? {}, query: query ?? {}, body });
    const access = await accessFactory.forCaller(
      credentials,
      PERMISSIONS.get(id)!,
    );
    const call = operations[id] as unknown as (
      request: OperationRequest<Id>,
    ) => Promise<OperationResult<Id> | Reply<OperationResult<Id>>>;
    const result = await call({
      path: (path ?? {}) as OperationPath<Id>,
      query: (query ?? {}) as OperationQuery<Id>,
      body: (body ?? {}) as OperationBody<Id>,
      access,
      http: { conditions },
    });
    await event?.success();
    return result instanceof Reply
      ? (result.body as OperationResult<Id>)
      : result;
  } catch (error) {
    await event?.fail({ error: error as Error });
    throw error;
  }
}
