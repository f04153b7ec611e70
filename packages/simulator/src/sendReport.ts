import { statusToken } from '@res-edge/backstage-plugin-res-edge-engine';
import { createHmac } from 'node:crypto';
import { SimulatedReport } from './FleetSimulator';

/** Where reports go, and with which key the secrets of clusters are derived. @public */
export interface SendOptions {
  /** The plugin's base, such as `http://localhost:7007/api/res-edge`. */
  readonly url: string;
  readonly key: string;
}

/** Signs a report as Flux does. @public */
export function signedRequest(
  { cluster, event }: SimulatedReport,
  { url, key }: SendOptions,
): { url: string; headers: Record<string, string>; body: string } {
  const body = JSON.stringify(event);
  const digest = createHmac('sha256', statusToken(key, cluster))
    .update(body)
    .digest('hex');
  return {
    url: `${url}/v1/status/flux/${encodeURIComponent(cluster)}`,
    headers: {
      'content-type': 'application/json',
      'x-signature': `sha256=${digest}`,
    },
    body,
  };
}

/** Sends a report; tells the status of the answer. @public */
export async function sendReport(
  report: SimulatedReport,
  options: SendOptions,
): Promise<number> {
  const { url, ...request } = signedRequest(report, options);
  const response = await fetch(url, { method: 'POST', ...request });
  await response.arrayBuffer();
  return response.status;
}
