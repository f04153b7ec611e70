import {
  GateMeasurement,
  WebhookGate,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  GateRequest,
  RolloutGateReader,
} from '@res-edge/backstage-plugin-res-edge-node';
import { createHmac, randomUUID } from 'node:crypto';
import { GateOptions } from './readGateOptions';
import { requestJson } from './requestJson';

const RESULTS = ['pass', 'fail', 'no-data'] as const;

/**
 * Gates that ask another system of the configuration, which answers `pass`, `fail` or `no-data`, or a value. What is asked is
 * signed as Standard Webhooks say.
 *
 * @internal
 */
export class WebhookGates implements RolloutGateReader {
  readonly type = 'webhook';

  static create(options: Pick<GateOptions, 'webhooks'>): WebhookGates {
    return new WebhookGates(options.webhooks);
  }

  private constructor(private readonly webhooks: GateOptions['webhooks']) {}

  async read(request: GateRequest): Promise<GateMeasurement> {
    // The schema of policies sees to that.
    const gate = request.gate as WebhookGate;
    const webhook = this.webhooks.get(gate.webhook);
    if (!webhook)
      return { message: `No webhook '${gate.webhook}' is configured` };
    const { rollout, application, version, release, ring } = request;
    const body = JSON.stringify({
      ...{ gate: gate.name, rollout, application, version, release, ring },
      clusters: request.clusters.length,
    });
    const answer = await requestJson(webhook.url, {
      headers: {
        ...webhook.headers,
        'content-type': 'application/json',
        ...signatureOf(body, webhook.secret),
      },
      ...{ body, signal: request.signal },
    });
    return measurementOf(answer.status, answer.body);
  }
}

/** See https://www.standardwebhooks.com; the time keeps what was recorded once from being sent again. */
function signatureOf(body: string, secret: string): Record<string, string> {
  const id = randomUUID();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const digest = createHmac('sha256', secret)
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${digest}`,
  };
}

function measurementOf(status: number, body: unknown): GateMeasurement {
  if (status < 200 || status > 299)
    return { message: `The webhook answered ${status}` };
  const answer: Record<string, unknown> =
    typeof body === 'object' && body !== null ? { ...body } : {};
  const result = RESULTS.find(each => each === answer.result);
  const { value, message } = answer;
  if (!result && typeof value !== 'number')
    return {
      message: `The answer has neither a value nor a result; a result is ${RESULTS.join(
        ', ',
      )}`,
    };
  return {
    ...(result && { result }),
    ...(typeof value === 'number' && { value }),
    ...(typeof message === 'string' && { message }),
  };
}
