import {
  AuthenticationError,
  InputError,
  NotFoundError,
} from '@backstage/errors';
import { JsonValue } from '@backstage/types';
import express, { Request, RequestHandler, Response, Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import { objectField, optionalText } from './fields';
import { readArgoNotification } from './argoNotification';
import { clusterOfFluxEvent, readFluxEvent } from './fluxEvent';
import { FleetStatus } from './FleetStatus';
import { StatusKeys } from './StatusKeys';
import { StatusReport } from './StatusReport';
import { TooManyRequestsError } from '../util/TooManyRequestsError';

/** Where clusters report by themselves. Whoever they are, their signature says; they have no credentials of Backstage. @internal */
export const STATUS_WEBHOOKS = [
  '/v1/status/flux',
  '/v1/status/argocd',
] as const;

const MINUTE_MILLISECONDS = 60_000;

/** How much clusters may send. @internal */
export interface WebhookLimits {
  /** Bytes of a body. */
  readonly body: number;
  /** Requests of one cluster in a minute. */
  readonly perMinute: number;
}

/** What the webhooks need. @internal */
export interface StatusWebhookOptions {
  readonly status: Pick<FleetStatus, 'receive' | 'count'>;
  readonly keys: StatusKeys;
  readonly limits: WebhookLimits;
}

/** How the engine of a cluster reports. */
interface Sender {
  clusterOf(body: JsonValue): string | undefined;
  isAuthentic(request: Request, cluster: string): boolean;
  read(
    cluster: string,
    body: JsonValue,
  ): { readonly report: StatusReport } | { readonly ignored: string };
}

/**
 * `POST /v1/status/flux` for Flux's notification-controller (`generic-hmac`) and `POST /v1/status/argocd` for notifications
 * of Argo CD; the cluster's name may follow in the path. docs/status.md has what to set up.
 *
 * @internal
 */
export function createStatusWebhooks(options: StatusWebhookOptions): Router {
  const { keys, limits } = options;
  const [flux, argo] = STATUS_WEBHOOKS;
  const router = Router();
  // A class apart for each cluster, which its signature proves: nobody uses up what is another's.
  const limit = rateLimit({
    windowMs: MINUTE_MILLISECONDS,
    limit: limits.perMinute,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    keyGenerator: (_, response) => response.locals.cluster,
    handler: () => {
      options.status.count('too-many');
      throw new TooManyRequestsError(
        `A cluster may send ${limits.perMinute} reports in a minute`,
      );
    },
  });
  const body = express.raw({ type: () => true, limit: limits.body });
  const route = (path: string, sender: Sender) =>
    router.post(
      [path, `${path}/:cluster`],
      body,
      authenticate(options, sender),
      limit,
      answer(options, sender),
    );

  route(flux, {
    clusterOf: clusterOfFluxEvent,
    isAuthentic: (request, cluster) =>
      keys.hasSigned(cluster, request.body, request.get('x-signature') ?? ''),
    read: readFluxEvent,
  });
  route(argo, {
    clusterOf: notification =>
      optionalText(
        objectField({ body: notification }, 'body'),
        'cluster',
        'cluster',
      ),
    isAuthentic: (request, cluster) =>
      keys.isToken(cluster, request.get('x-res-edge-token') ?? ''),
    read: (cluster, notification) => {
      const report = readArgoNotification(cluster, notification);
      return report ? { report } : { ignored: 'an application of others' };
    },
  });
  return router;
}

function authenticate(
  { status, keys }: StatusWebhookOptions,
  { clusterOf, isAuthentic }: Sender,
): RequestHandler {
  return (request, response, next) => {
    if (!keys.configured) {
      throw new NotFoundError('resEdge.status.key is not configured here');
    }
    const bytes: Buffer = Buffer.isBuffer(request.body)
      ? request.body
      : Buffer.alloc(0);
    request.body = bytes;
    const inPath = request.params.cluster as string | undefined;
    const cluster = inPath ?? clusterOf(parse(bytes));
    if (cluster === undefined) {
      throw new InputError(
        'The path or the body must name the cluster: …/<cluster>, metadata.cluster (Flux) or cluster (Argo CD)',
      );
    }
    if (!isAuthentic(request, cluster)) {
      status.count('not-signed');
      throw new AuthenticationError(
        `This is not signed with the secret of cluster ${JSON.stringify(
          cluster.slice(0, 100),
        )}`,
      );
    }
    response.locals.cluster = cluster;
    next();
  };
}

function answer(
  { status }: StatusWebhookOptions,
  { clusterOf, read }: Sender,
): RequestHandler {
  return (request, response: Response) => {
    const { cluster } = response.locals as { cluster: string };
    const body = parse(request.body);
    const named = clusterOf(body);
    if (named !== undefined && named !== cluster) {
      throw new InputError(
        `The body is of cluster ${JSON.stringify(
          named.slice(0, 100),
        )}, the path of '${cluster}'`,
      );
    }
    const found = read(cluster, body);
    if ('ignored' in found) {
      status.count('ignored');
      response.status(202).json({ outcome: 'ignored', reason: found.ignored });
      return;
    }
    const outcome = status.receive(found.report);
    if (outcome === 'unknown-cluster') {
      throw new NotFoundError(`No EdgeCluster '${cluster}' is registered`);
    }
    if (outcome === 'unknown-application') {
      throw new NotFoundError(
        `No EdgeApplication ${JSON.stringify(
          found.report.about!.application.slice(0, 253),
        )} is known`,
      );
    }
    response.status(202).json({ outcome });
  };
}

function parse(bytes: Buffer): JsonValue {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new InputError('The body is no JSON');
  }
}
