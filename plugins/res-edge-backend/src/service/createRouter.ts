import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { createValidatedOpenApiRouterFromGeneratedEndpointMap } from '@backstage/backend-openapi-utils';
import {
  openapiDocument,
  OpenApiOperation,
  ResEdgeOperationId,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  json,
  NextFunction,
  Request,
  RequestHandler,
  Response,
  Router,
} from 'express';
import { AccessFactory } from '../permissions';
import { Limits } from '../readOptions';
import { parseEtags } from '../util/etag';
import { auditEvents } from './auditEvents';
import { checkLimits } from './checkLimits';
import { checkTexts } from './checkTexts';
import { withDetails } from './errorDetails';
import { withPlaces } from './errorPlaces';
import {
  createOperations,
  OperationOptions,
  OperationRequest,
  Reply,
} from './operations';
import { readLines } from './readLines';

const RETRY_AFTER_SECONDS = '5';

/** What the routes need beside the operations. @internal */
export interface RouterOptions extends OperationOptions {
  readonly httpAuth: HttpAuthService;
  readonly accessFactory: AccessFactory;
  readonly auditor: AuditorService;
  /** Whether to check answers against the document too, which tests do. */
  readonly validateResponses?: boolean;
}

/** What carries many records. */
const BATCHES = /^\/v1\/(?:entities:batch|what-if|status|imports\/[^/]+)$/;

/** What the lines of a body are called where it comes as one. */
const LINES_OF: Partial<Record<ResEdgeOperationId, string>> = {
  reportStatus: 'reports',
};

const LINES = 'application/x-ndjson';

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
      // Bodies are parsed before, because the errors of this router are all 400.
      middleware: [(_request, _response, next) => next()],
    },
  ) as unknown as Router;

  for (const [path, methods] of Object.entries(openapiDocument.paths)) {
    const route = path.replace(':', '\\:').replace(/\{(\w+)\}/g, ':$1');
    for (const [method, operation] of Object.entries(methods)) {
      const id = operation.operationId as ResEdgeOperationId;
      const call = operations[id] as (
        request: OperationRequest<ResEdgeOperationId>,
      ) => Promise<unknown>;
      router[method as 'get' | 'post' | 'put' | 'patch' | 'delete'](
        route,
        createHandler(options, id, operation, call),
      );
    }
  }
  return Router().use(
    parseBody(options.limits),
    router,
    (error: unknown, request: Request, _: Response, next: NextFunction) =>
      next(withPlaces(error, request)),
  );
}

function createHandler(
  { httpAuth, accessFactory, auditor, limits }: RouterOptions,
  id: ResEdgeOperationId,
  operation: OpenApiOperation,
  call: (request: OperationRequest<ResEdgeOperationId>) => Promise<unknown>,
): RequestHandler {
  const [status] = Object.keys(operation.responses);
  const audited = auditEvents.get(id);

  const answer = async (request: Request, response: Response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const access = await accessFactory.forCaller(
      credentials,
      operation['x-permission'],
    );
    const body = await readBody(request, limits, LINES_OF[id]);
    const wantsLines = request.accepts(['application/json', LINES]) === LINES;
    const { params: path, query } = request;
    checkLimits({ query, body, asLines: wantsLines }, limits);
    checkTexts({ path, query, body });
    const result = await call({
      path: request.params as never,
      query: request.query as never,
      body,
      access,
      http: {
        conditions: {
          ifMatch: parseEtags(request.get('if-match')),
          ifNoneMatch: parseEtags(request.get('if-none-match')),
        },
        requestId: requestIdOf(request),
        wantsLines,
        signal: closing(response),
      },
    });
    const reply = result instanceof Reply ? result : new Reply(result);
    response.status(reply.more.status ?? Number(status));
    await send(reply, response);
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
      throw withDetails(error as Error);
    }
    await event?.success();
  };
}

function parseBody({ body, batchBody }: Limits): RequestHandler {
  const type = ['application/json', 'application/merge-patch+json'];
  const one = json({ type, limit: body });
  const many = json({ type, limit: batchBody });
  return (request, response, next) =>
    (BATCHES.test(request.path) ? many : one)(request, response, next);
}

/** Lines are read here, when it is known that the caller may send them. */
async function readBody(request: Request, limits: Limits, field = 'mutations') {
  return request.is(LINES)
    ? {
        [field]: await readLines(request, {
          bytes: limits.batchBody,
          lines: limits.batch,
        }),
      }
    : request.body;
}

async function send(
  { body, more }: Reply<unknown>,
  response: Response,
): Promise<void> {
  response.set(more.headers ?? {});
  if (more.lines) {
    response.type(LINES);
    await pipeline(Readable.from(toLines(more.lines)), response);
  } else if (body === undefined) {
    response.end();
  } else {
    response.json(body);
  }
}

function* toLines(values: Iterable<object>): Generator<string> {
  for (const value of values) yield `${JSON.stringify(value)}\n`;
}

/** Aborted when the connection ends. */
function closing(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller.signal;
}

/** The caller's or the proxy's, where it gives one that is harmless. */
function requestIdOf(request: Request): string {
  const given = request.get('x-request-id') ?? '';
  return /^[\w.:-]{1,100}$/.test(given) ? given : randomUUID();
}
