/* eslint-disable no-console */
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { statusToken } from '@res-edge/backstage-plugin-res-edge-engine';

// A process of its own: what it works for signing and sending is not the server's.
const { KEY = '', URL: base = '' } = process.env;
const REQUESTS = Number(process.env.REQUESTS);
const CLUSTERS = Number(process.env.CLUSTERS);
const PARALLEL = 32;
const agent = new Agent({ keepAlive: true, maxSockets: PARALLEL });

function send(index: number): Promise<void> {
  const cluster = `store-${index % CLUSTERS}`;
  const body = JSON.stringify({
    involvedObject: {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      namespace: 'flux-system',
      name: `app-application-${index % 30}`,
    },
    severity: 'info',
    timestamp: new Date().toISOString(),
    message: 'Reconciliation finished in 1.2s, next run in 10m0s',
    reason: 'ReconciliationSucceeded',
    metadata: {
      cluster,
      commit_status: 'update',
      revision: `delivery/shard-001@sha1:${'0'.repeat(40)}`,
      'res-edge-revision': '0a1b2c3d4e5f',
    },
  });
  const digest = createHmac('sha256', statusToken(KEY, cluster))
    .update(body)
    .digest('hex');
  return new Promise((resolve, reject) => {
    const sent = request(
      `${base}/v1/status/flux/${cluster}`,
      {
        agent,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'x-signature': `sha256=${digest}`,
        },
      },
      response => {
        response.resume();
        response.on('end', () =>
          response.statusCode === 202
            ? resolve()
            : reject(new Error(`Answered with ${response.statusCode}`)),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

async function sendAll(count: number): Promise<void> {
  let next = 0;
  const sender = async () => {
    while (next < count) await send(next++);
  };
  await Promise.all(Array.from({ length: PARALLEL }, sender));
}

async function main() {
  await sendAll(2000);
  process.send!('warm');
  process.once('message', async () => {
    await sendAll(REQUESTS);
    process.send!('done');
  });
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
