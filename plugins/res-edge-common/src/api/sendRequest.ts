import { ResEdgeRequestOptions, ResEdgeWriteConditions } from './ResEdgeApi';
import { ResEdgeApiError } from './ResEdgeApiError';

/** A call of the API, as HTTP has it. @internal */
export interface ApiCall {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Segments below the version. */
  path: readonly string[];
  query?: object;
  body?: object;
  contentType?: string;
  conditions?: ResEdgeWriteConditions;
}

/**
 * Sends a call, and reads what comes back.
 *
 * @throws ResEdgeApiError where the backend answers with an error
 * @internal
 */
export async function sendRequest(
  fetchApi: { fetch: typeof fetch },
  baseUrl: string,
  call: ApiCall,
  options: ResEdgeRequestOptions = {},
) {
  const { method = 'GET', path, query = {}, body } = call;
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined) {
        parameters.append(name, String(item));
      }
    }
  }
  const search = parameters.size > 0 ? `?${parameters}` : '';
  const url = `${baseUrl}/v1/${path.map(encodeSegment).join('/')}${search}`;

  const response = await fetchApi.fetch(url, {
    method,
    headers: headersOf(call, options),
    body: body && JSON.stringify(body),
    signal: options.signal,
  });
  if (!response.ok) {
    throw await ResEdgeApiError.fromResponse(response);
  }
  return response.status === 204 ? undefined : response.json();
}

function headersOf(
  { body, contentType = 'application/json', conditions = {} }: ApiCall,
  { token }: ResEdgeRequestOptions,
): Record<string, string> {
  const { ifMatch, ifNoneMatch } = conditions;
  return {
    accept: 'application/json',
    ...(token && { authorization: `Bearer ${token}` }),
    ...(body && { 'content-type': contentType }),
    ...(ifMatch && { 'if-match': ifMatch }),
    ...(ifNoneMatch && { 'if-none-match': ifNoneMatch }),
  };
}

/** A colon is part of some paths, and needs no encoding. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(/%3A/g, ':');
}
