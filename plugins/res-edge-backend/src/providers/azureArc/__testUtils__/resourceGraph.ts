import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** A connected cluster as Azure Resource Graph answers it. */
export function connectedCluster(name: string, more: object = {}) {
  return {
    id: `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/stores/providers/Microsoft.Kubernetes/connectedClusters/${name}`,
    name,
    location: 'southcentralus',
    resourceGroup: 'stores',
    subscriptionId: '00000000-0000-0000-0000-000000000001',
    tags: { Region: 'Central; central.tx', ring: 'beta', Address: '1 Main St' },
    properties: {
      agentVersion: '1.21.10',
      connectivityStatus: 'Connected',
      distribution: 'k3s',
      infrastructure: 'generic',
      kubernetesVersion: '1.32.5+k3s1',
      lastConnectivityTime: '2026-11-20T10:11:12.000Z',
      provisioningState: 'Succeeded',
      totalCoreCount: 8,
      totalNodeCount: 1,
    },
    ...more,
  };
}

/** A page of rows. */
export function answerOf(data: unknown[], more: object = {}) {
  return {
    totalRecords: data.length,
    count: data.length,
    data,
    facets: [],
    resultTruncated: 'false',
    ...more,
  };
}

/** What the server answers to one request. */
export type Answer = {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
};

/** Answers like Azure Resource Graph, with what was recorded. */
export class ResourceGraphServer {
  answers: Answer[] = [];
  readonly requests: { url?: string; headers: object; body: any }[] = [];

  static async start(): Promise<ResourceGraphServer> {
    const found = new ResourceGraphServer();
    await new Promise<void>(resolve =>
      found.server.listen(0, '127.0.0.1', () => resolve()),
    );
    return found;
  }

  private readonly server: Server = createServer(async (request, response) => {
    const { url, headers: given } = request;
    const text = await textOf(request);
    this.requests.push({ url, headers: given, body: JSON.parse(text) });
    const {
      status = 200,
      headers = {},
      body,
    } = this.answers.shift() ?? {
      status: 418,
      body: '',
    };
    response.writeHead(status, headers);
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  reset(): void {
    this.answers = [];
    this.requests.length = 0;
  }

  async stop(): Promise<void> {
    await new Promise(resolve => this.server.close(resolve));
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}
