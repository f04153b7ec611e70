import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { createValidatedOpenApiRouterFromGeneratedEndpointMap } from '@backstage/backend-openapi-utils';
import {
  openapiDocument,
  OpenApiOperation,
  ResEdgeOperationId,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Request, RequestHandler, Response, Router } from 'express';
import { AccessFactory } from '../permissions';
import {
  createOperations,
  OperationOptions,
  OperationRequest,
} from './operations';

const RETRY_AFTER_SECONDS = '5';

/** What the routes need beside the operations. @internal */
export interface RouterOptions extends OperationOptions {
  readonly httpAuth: HttpAuthService;
  readonly accessFactory: AccessFactory;
  readonly auditor: AuditorService;
  /** Whether to check answers against the document too, which tests do. */
  readonly validateResponses?: boolean;
}

/** The operations that change something: each call is an audit event, refused ones too. */
const AUDITED = new Map<
  ResEdgeOperationId,
  { eventId: string; severityLevel: 'low' | 'medium' | 'high' }
>([
  ['runPlan', { eventId: 'plan-run', severityLevel: 'low' }],
  [
    'mergeChangeRequest',
    { eventId: 'change-request-merge', severityLevel: 'high' },
  ],
  ['adoptDrift', { eventId: 'drift-adopt', severityLevel: 'high' }],
  ['signOffGuard', { eventId: 'guard-sign-off', severityLevel: 'high' }],
  ['discardDrift', { eventId: 'drift-discard', severityLevel: 'high' }],
]);

/**
 * The REST API: one route for each operation of the OpenAPI document, which says path, parameters and permission.
 *
 * @internal
 */
export function createRouter(options: RouterOptions): Router {
  const operations = createOperations(options);
  const router = createValidatedOpenApiRouterFromGeneratedEndpointMap(
    // Mounted below the plugin's path, which the document's server names.
    { ...openapiDocument, servers: [{ url: '/' }] } as never,
    {
      validatorOptions: {
        validateResponses: options.validateResponses ?? false,
      },
    },
  ) as unknown as Router;

  for (const [path, methods] of Object.entries(openapiDocument.paths)) {
    const route = path.replace(/\{(\w+)\}/g, ':$1');
    for (const [method, operation] of Object.entries(methods)) {
      const id = operation.operationId as ResEdgeOperationId;
      const call = operations[id] as (
        request: OperationRequest<ResEdgeOperationId>,
      ) => Promise<unknown>;
      router[method as 'get' | 'post'](
        route,
        createHandler(options, id, operation, call),
      );
    }
  }
  return router;
}

function createHandler(
  { httpAuth, accessFactory, auditor }: RouterOptions,
  id: ResEdgeOperationId,
  operation: OpenApiOperation,
  call: (request: OperationRequest<ResEdgeOperationId>) => Promise<unknown>,
): RequestHandler {
  const [status] = Object.keys(operation.responses);
  const audited = AUDITED.get(id);

  const answer = async (request: Request, response: Response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const access = await accessFactory.forCaller(
      credentials,
      operation['x-permission'],
    );
    const result = await call({
      path: request.params as never,
      query: request.query as never,
      body: request.body,
      access,
    });
    response.status(Number(status)).json(result);
  };

  return async (request, response) => {
    const event =
      audited &&
      (await auditor.createEvent({
        ...audited,
        request,
        meta: { ...request.params },
      }));
    try {
      await answer(request, response);
    } catch (error) {
      await event?.fail({ error: error as Error });
      if (error instanceof Error && error.name === 'ServiceUnavailableError') {
        response.set('Retry-After', RETRY_AFTER_SECONDS);
      }
      throw error;
    }
    await event?.success();
  };
}
