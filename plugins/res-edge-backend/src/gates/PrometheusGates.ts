import {
  GateMeasurement,
  PrometheusGate,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  GateRequest,
  RolloutGateReader,
} from '@res-edge/backstage-plugin-res-edge-node';
import { fillQuery } from './fillQuery';
import { GateEndpoint } from './readGateOptions';
import { requestJson } from './requestJson';

/** Of what a server says about a query. */
const MAX_MESSAGE = 300;

/** Gates that ask a Prometheus, or what speaks its API, of the configuration. @internal */
export class PrometheusGates implements RolloutGateReader {
  readonly type = 'prometheus';

  static create(options: {
    servers: ReadonlyMap<string, GateEndpoint>;
    /** Of a request, in milliseconds. */
    timeout?: number;
  }): PrometheusGates {
    return new PrometheusGates(options.servers, options.timeout);
  }

  private constructor(
    private readonly servers: ReadonlyMap<string, GateEndpoint>,
    private readonly timeout: number | undefined,
  ) {}

  async read(request: GateRequest): Promise<GateMeasurement> {
    // The schema of policies sees to that.
    const gate = request.gate as PrometheusGate;
    const server = this.servers.get(gate.server);
    if (!server)
      return { message: `No Prometheus '${gate.server}' is configured` };
    const { status, body } = await requestJson(`${server.url}/api/v1/query`, {
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...server.headers,
      },
      body: new URLSearchParams({
        query: fillQuery(gate.query, request),
      }).toString(),
      ...{ signal: request.signal, timeout: this.timeout },
    });
    return measurementOf(status, body);
  }
}

/** As its HTTP API answers an instant query. */
interface QueryAnswer {
  readonly status?: unknown;
  readonly error?: unknown;
  readonly data?: {
    readonly resultType?: unknown;
    readonly result?: unknown;
  };
}

function measurementOf(status: number, body: unknown): GateMeasurement {
  const answer: QueryAnswer =
    typeof body === 'object' && body !== null ? body : {};
  if (answer.status !== 'success') {
    const { error } = answer;
    const text =
      typeof error === 'string' ? `: ${error.slice(0, MAX_MESSAGE)}` : '';
    return { message: `Prometheus answered ${status}${text}` };
  }
  const { resultType, result } = answer.data ?? {};
  if (resultType === 'scalar') return valueOf(result);
  if (resultType !== 'vector' || !Array.isArray(result))
    return {
      message: `The query gives a ${String(
        resultType,
      )}; a gate needs one value`,
    };
  return result.length === 1
    ? valueOf(result[0]?.value)
    : {
        message:
          result.length === 0
            ? 'The query gives nothing'
            : `The query gives ${result.length} series; a gate needs one value`,
      };
}

/** A sample: its time, and its value as a text. */
function valueOf(sample: unknown): GateMeasurement {
  const text = Array.isArray(sample) ? sample[1] : undefined;
  const value = typeof text === 'string' && text !== '' ? Number(text) : NaN;
  return Number.isFinite(value)
    ? { value }
    : { message: 'The value is no number' };
}
