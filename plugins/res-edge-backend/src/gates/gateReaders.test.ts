import { mockServices } from '@backstage/backend-test-utils';
import { RolloutGate } from '@res-edge/backstage-plugin-res-edge-common';
import { GateRequest } from '@res-edge/backstage-plugin-res-edge-node';
import { createHmac } from 'node:crypto';
import { ServerResponse } from 'node:http';
import { GateServer } from './__testUtils__/GateServer';
import { HealthGates } from './HealthGates';
import { PrometheusGates } from './PrometheusGates';
import { GateOptions, readGateOptions } from './readGateOptions';
import { WebhookGates } from './WebhookGates';

const SECRET = 'a-secret-of-more-than-32-characters!';
const TOKEN = 'Bearer of-the-server';

const requestOf = (gate: Partial<RolloutGate> = {}): GateRequest => ({
  gate: {
    ...{ name: 'errors', type: 'prometheus', server: 'fleet' },
    query: 'sum(errors{app="${{ application }}",version="${{version}}"})',
    ...{ operator: '<', threshold: 1, webhook: 'sales', ...gate },
  } as RolloutGate,
  ...{ rollout: 'r1', application: 'imdb', version: '1.4.2', release: 'd1' },
  ...{
    ring: 'beta',
    clusters: ['a', 'b'],
    signal: AbortSignal.timeout(60_000),
  },
});

describe('gates that ask others', () => {
  let server: GateServer;
  let options: GateOptions;

  beforeEach(async () => {
    server = await GateServer.start();
    const headers = { Authorization: TOKEN };
    options = readGateOptions(
      mockServices.rootConfig({
        data: {
          resEdge: {
            gates: {
              prometheus: [{ name: 'fleet', url: `${server.url}/p/`, headers }],
              webhooks: [
                {
                  name: 'sales',
                  url: `${server.url}/w`,
                  secret: SECRET,
                  headers,
                },
              ],
            },
          },
        },
      }),
    );
  });

  afterEach(() => server.stop());

  const prometheus = (gate?: Partial<RolloutGate>, timeout?: number) =>
    PrometheusGates.create({ servers: options.prometheus, timeout }).read(
      requestOf(gate),
    );
  const webhook = (gate?: Partial<RolloutGate>) =>
    WebhookGates.create(options).read(requestOf(gate));

  it('asks a Prometheus with the query filled in, and with its headers', async () => {
    server.answerValues('0.25');
    await expect(prometheus()).resolves.toEqual({ value: 0.25 });
    const [{ url, body, headers }] = server.requests;
    expect(url).toBe('/p/api/v1/query');
    expect(headers.authorization).toBe(TOKEN);
    expect(new URLSearchParams(body).get('query')).toBe(
      'sum(errors{app="imdb",version="1.4.2"})',
    );
  });

  it.each<[string, unknown, number, object]>([
    [
      'a scalar',
      { status: 'success', data: { resultType: 'scalar', result: [1, '3'] } },
      ...([200, { value: 3 }] as const),
    ],
    [
      'nothing',
      { status: 'success', data: { resultType: 'vector', result: [] } },
      ...([200, { message: 'The query gives nothing' }] as const),
    ],
    [
      'more than one series',
      {
        status: 'success',
        data: {
          resultType: 'vector',
          result: [{ value: [1, '1'] }, { value: [1, '2'] }],
        },
      },
      200,
      { message: 'The query gives 2 series; a gate needs one value' },
    ],
    [
      'what is no number',
      {
        status: 'success',
        data: { resultType: 'vector', result: [{ value: [1, 'NaN'] }] },
      },
      ...([200, { message: 'The value is no number' }] as const),
    ],
    [
      'a matrix',
      { status: 'success', data: { resultType: 'matrix', result: [] } },
      ...([
        200,
        { message: 'The query gives a matrix; a gate needs one value' },
      ] as const),
    ],
    [
      'an error',
      { status: 'error', error: 'parse error at char 4' },
      ...([
        400,
        { message: 'Prometheus answered 400: parse error at char 4' },
      ] as const),
    ],
    ...[
      null,
      [],
      'text',
      7,
      { status: 'success' },
      { data: { result: {} } },
    ].map((body): [string, unknown, number, object] => [
      `garbage ${JSON.stringify(body)}`,
      body,
      200,
      { message: expect.any(String) },
    ]),
  ])('reads %s', async (_, body, status, expected) => {
    server.answerJson(body, status);
    await expect(prometheus()).resolves.toEqual(expected);
  });

  it('calls nothing that is not configured, and knows no other placeholder', async () => {
    await expect(
      prometheus({ server: server.url } as RolloutGate),
    ).resolves.toEqual({
      message: `No Prometheus '${server.url}' is configured`,
    });
    await expect(webhook({ webhook: 'other' } as RolloutGate)).resolves.toEqual(
      { message: "No webhook 'other' is configured" },
    );
    await expect(
      prometheus({ query: 'up{a="${{ cluster.name }}"}' } as RolloutGate),
    ).rejects.toThrow(
      "The query has a placeholder 'cluster.name'; known are application, version, ring",
    );
    expect(server.requests).toEqual([]);
  });

  const failures: [string, (response: ServerResponse) => void, string][] = [
    [
      'redirects',
      response =>
        response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
      'it answers with a redirect, which is not followed',
    ],
    ['cuts the connection', response => response.destroy(), 'UND_ERR_SOCKET'],
    [
      'cuts its answer',
      response => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('{"status":');
        setImmediate(() => response.destroy());
      },
      'UND_ERR_SOCKET',
    ],
    [
      'answers without end',
      response => {
        const more = () => {
          if (!response.destroyed) response.write('x'.repeat(65536), more);
        };
        more();
      },
      'it is larger than 262144 bytes',
    ],
  ];

  it.each(failures)('is no data where it %s', async (_, answer, reason) => {
    server.answer = answer;
    await expect(prometheus()).rejects.toThrow(
      `There was no answer: ${reason}`,
    );
    await expect(webhook()).rejects.toThrow(`There was no answer: ${reason}`);
    expect(server.requests).toHaveLength(2);
  });

  it('does not wait for ever, and says nothing of addresses and secrets', async () => {
    server.answer = () => {};
    await expect(prometheus({}, 50)).rejects.toThrow(
      'There was no answer within 0.05 seconds',
    );
    await server.stop();
    const error = await webhook().catch(found => found);
    expect(error.message).toBe('There was no answer: ECONNREFUSED');
    server = await GateServer.start();
  });

  it('asks a webhook what it can check, signed', async () => {
    server.answerJson({ result: 'fail', message: 'Sales are down' });
    await expect(webhook()).resolves.toEqual({
      ...{ result: 'fail', message: 'Sales are down' },
    });
    const [{ headers, body, url }] = server.requests;
    expect(url).toBe('/w');
    expect(JSON.parse(body)).toEqual({
      ...{ gate: 'errors', rollout: 'r1', application: 'imdb' },
      ...{ version: '1.4.2', release: 'd1', ring: 'beta', clusters: 2 },
    });
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    expect(headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', SECRET).update(signed).digest('base64')}`,
    );
  });

  it.each<[unknown, number, object]>([
    [{ result: 'pass' }, 200, { result: 'pass' }],
    [{ value: 7 }, 200, { value: 7 }],
    [{ result: 'no-data' }, 200, { result: 'no-data' }],
    [{ result: 'pass' }, 500, { message: 'The webhook answered 500' }],
    ...['yes', null, [], { result: 'PASS' }, { value: '7' }].map(
      (body): [unknown, number, object] => [
        body,
        200,
        {
          message:
            'The answer has neither a value nor a result; a result is pass, fail, no-data',
        },
      ],
    ),
  ])('takes %j with %d of a webhook', async (body, status, expected) => {
    server.answerJson(body, status);
    await expect(webhook()).resolves.toEqual(expected);
  });
});

describe('a gate of health', () => {
  it('counts clusters that report, healthy in all that they are told to run', async () => {
    const reports: Record<string, Record<string, string>> = {
      a: { imdb: 'healthy', redis: 'healthy' },
      b: { imdb: 'healthy', redis: 'failed' },
      c: { imdb: 'healthy', redis: 'healthy' },
      silent: {},
    };
    const gates = HealthGates.create({
      view: () => ({
        delivered: {
          applications: () =>
            ['imdb', 'redis'].map(name => ({
              ...{ name, namespace: 'shop', version: '1', revision: 'r' },
            })),
        } as never,
      }),
      status: {
        freshness: name => (name === 'silent' ? 'offline' : 'fresh'),
        report: (cluster, name) => ({
          ...{ revision: 'r', at: 1 },
          condition: reports[cluster][name] as 'healthy',
        }),
      },
    });
    const read = (clusters: string[]) =>
      gates.read({ ...requestOf(), clusters });
    await expect(read(['a', 'b', 'c', 'silent'])).resolves.toEqual({
      ...{ value: 66.66, message: '2 of 3 clusters that report are healthy' },
    });
    await expect(read(['silent'])).resolves.toEqual({
      message: 'No cluster reports',
    });
  });
});

describe('readGateOptions', () => {
  const url = 'https://prometheus.example.org';
  it.each<[object, string]>([
    [
      { prometheus: [{ name: 'a', url: 'file:///etc/passwd' }] },
      "resEdge.gates.prometheus[0].url: 'file:///etc/passwd' is no address; allowed is what begins with https:// or http://",
    ],
    [
      { prometheus: [{ name: 'a', url: 'https://me:word@example.org' }] },
      'resEdge.gates.prometheus[0].url: has credentials; they belong into resEdge.gates.prometheus[0].headers',
    ],
    [
      {
        prometheus: [
          { name: 'a', url },
          { name: 'a', url },
        ],
      },
      "resEdge.gates.prometheus[1].name: there is a 'a' before it; each has a name of its own",
    ],
    [
      { webhooks: [{ name: 'a', url, secret: 'short' }] },
      'resEdge.gates.webhooks[0].secret: has 5 characters; at least 32 are needed',
    ],
    [
      { frequency: { milliseconds: 1 } },
      'resEdge.gates.frequency: {"milliseconds":1} is too short; allowed is one second or longer',
    ],
  ])('refuses %j', (gates, message) => {
    const config = mockServices.rootConfig({ data: { resEdge: { gates } } });
    expect(() => readGateOptions(config)).toThrow(message);
  });
});
