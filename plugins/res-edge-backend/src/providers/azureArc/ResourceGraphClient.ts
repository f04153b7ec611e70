import { TokenCredential } from '@azure/core-auth';
import {
  AuthenticationError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';

const API_VERSION = '2022-10-01';
const PAGE = 1000;
const ATTEMPTS = 5;
const LONGEST_WAIT = 60_000;
const TIMEOUT = 60_000;

/** A row of an answer; nothing about its columns is certain. @internal */
export type ResourceRow = Readonly<Record<string, unknown>>;

interface Page {
  readonly total: number;
  readonly rows: readonly ResourceRow[];
  readonly skipToken?: string;
}

/**
 * Queries Azure Resource Graph: `POST /providers/Microsoft.ResourceGraph/resources`, page by page. It speaks to one host
 * alone and follows no redirect; nothing that it throws or logs has the token in it.
 *
 * @internal
 */
export class ResourceGraphClient {
  /**
   * @param options - `endpoint`: such as `https://management.azure.com`; `wait`: sleeps so many milliseconds
   */
  static create(options: {
    endpoint: string;
    credential: TokenCredential;
    wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  }): ResourceGraphClient {
    return new ResourceGraphClient(
      options.endpoint.replace(/\/+$/, ''),
      options.credential,
      options.wait,
    );
  }

  private constructor(
    private readonly endpoint: string,
    private readonly credential: TokenCredential,
    private readonly wait: (
      milliseconds: number,
      signal: AbortSignal,
    ) => Promise<void>,
  ) {}

  /**
   * Every row of a query.
   *
   * @param subscriptions - all that the identity may read where left out
   * @throws AuthenticationError, NotAllowedError; ServiceUnavailableError where not all could be read
   */
  async *query(options: {
    query: string;
    subscriptions?: readonly string[];
    signal: AbortSignal;
  }): AsyncGenerator<ResourceRow> {
    const { query, subscriptions, signal } = options;
    const seenTokens = new Set<string>();
    let total: number | undefined;
    let count = 0;
    let skipToken: string | undefined;
    do {
      const page = await this.page(
        {
          query,
          subscriptions,
          options: {
            resultFormat: 'objectArray',
            $top: PAGE,
            $skipToken: skipToken,
          },
        },
        signal,
      );
      total ??= page.total;
      count += page.rows.length;
      yield* page.rows;
      ({ skipToken } = page);
      if (skipToken !== undefined && seenTokens.has(skipToken)) {
        throw new ServiceUnavailableError(
          'Azure Resource Graph answers the same page again',
        );
      }
      if (skipToken !== undefined) seenTokens.add(skipToken);
    } while (skipToken !== undefined);
    if (count < total) {
      throw new ServiceUnavailableError(
        `Azure Resource Graph gave ${count} of ${total} clusters`,
      );
    }
  }

  private async page(body: object, signal: AbortSignal): Promise<Page> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.post(body, signal);
      if (answer.ok) return readPage(answer);
      // Nobody reads it, and the connection is free again.
      await answer.body?.cancel();
      const retryable = answer.status === 429 || answer.status >= 500;
      if (!retryable || attempt === ATTEMPTS) throw failure(answer.status);
      await this.wait(waitOf(answer, attempt), signal);
    }
  }

  private async post(body: object, signal: AbortSignal): Promise<Response> {
    const token = await this.token(signal);
    try {
      return await fetch(
        `${this.endpoint}/providers/Microsoft.ResourceGraph/resources?api-version=${API_VERSION}`,
        {
          method: 'POST',
          headers: {
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
          },
          body: JSON.stringify(body),
          redirect: 'error',
          signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
        },
      );
    } catch (error) {
      signal.throwIfAborted();
      throw new ServiceUnavailableError(
        `Azure Resource Graph cannot be reached: ${reasonOf(error)}`,
      );
    }
  }

  private async token(signal: AbortSignal): Promise<string> {
    try {
      const token = await this.credential.getToken(
        `${this.endpoint}/.default`,
        { abortSignal: signal },
      );
      if (token) return token.token;
    } catch (error) {
      signal.throwIfAborted();
      // What the identity service says may hold more than belongs into a log.
      throw new AuthenticationError(
        `No token for Azure: ${
          error instanceof Error ? error.name : 'unknown error'
        }; check resEdge.providers.azureArc and the identity's secret`,
      );
    }
    throw new AuthenticationError(
      'No token for Azure; check resEdge.providers.azureArc',
    );
  }
}

async function readPage(answer: Response): Promise<Page> {
  let body: unknown;
  try {
    body = await answer.json();
  } catch {
    throw malformed('it is no JSON');
  }
  const { data, totalRecords, resultTruncated, $skipToken } = (body ??
    {}) as Record<string, unknown>;
  if (!Array.isArray(data) || !data.every(isRow)) {
    throw malformed("'data' is no list of objects");
  }
  if (typeof totalRecords !== 'number') {
    throw malformed("'totalRecords' is no number");
  }
  if ($skipToken !== undefined && typeof $skipToken !== 'string') {
    throw malformed("'$skipToken' is no string");
  }
  if (resultTruncated === 'true' && !$skipToken) {
    throw malformed('it is truncated, and does not say how to go on');
  }
  return {
    rows: data,
    total: totalRecords,
    skipToken: $skipToken === '' ? undefined : $skipToken,
  };
}

function isRow(value: unknown): value is ResourceRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(what: string): Error {
  return new ServiceUnavailableError(
    `The answer of Azure Resource Graph is malformed: ${what}`,
  );
}

function failure(status: number): Error {
  const message = `Azure Resource Graph answers ${status}`;
  if (status === 401) return new AuthenticationError(message);
  if (status === 403) {
    return new NotAllowedError(
      `${message}: the identity needs the role Reader on the subscriptions`,
    );
  }
  return new ServiceUnavailableError(message);
}

/** What `Retry-After` asks for, in seconds or as a date; otherwise longer from time to time. */
function waitOf(answer: Response, attempt: number): number {
  const header = answer.headers.get('retry-after') ?? '';
  const seconds = /^\d+$/.test(header)
    ? Number(header)
    : (Date.parse(header) - Date.now()) / 1000;
  const milliseconds = Number.isFinite(seconds)
    ? seconds * 1000
    : 1000 * 2 ** attempt;
  return Math.min(Math.max(milliseconds, 0), LONGEST_WAIT);
}

function reasonOf(error: unknown): string {
  const { cause, name } = error as { cause?: { code?: string }; name: string };
  return cause?.code ?? name;
}
