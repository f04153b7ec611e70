import {
  mockErrorHandler,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import {
  openapiDocument,
  OpenApiOperation,
} from '@res-edge/backstage-plugin-res-edge-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import express from 'express';
import fc from 'fast-check';
import { Knex } from 'knex';
import request from 'supertest';
import {
  createTestStatus,
  createTestApprovals,
  createTestRollouts,
  createTestView,
  testChangeRequest,
  testFleetService,
  testLimits,
  testPull,
  testPlan,
  TestPolicy,
} from '../__testUtils__';
import {
  DatabaseAuditLog,
  DatabaseChangeRequestStore,
  DatabaseInventoryStore,
  DatabasePlanStore,
  openDatabase,
} from '../database';
import { createRouter } from './createRouter';
import { InventoryWriter } from './InventoryWriter';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

/** For each operation: enough to try each parameter with what is odd about it. */
const RUNS = 40;
const SEED = 1126;

interface Sent {
  path: Record<string, string>;
  query: Record<string, string[]>;
  body: unknown;
}

/** What breaks parsers, paths, maps and queries; and names of the test fleet. */
const ODD = [
  '',
  ' ',
  '*',
  '..',
  '../../etc/passwd',
  '%00',
  '\u0000',
  '__proto__',
  'constructor',
  'toString',
  "' or 1=1 --",
  '-1',
  '1e999',
  'NaN',
  '{"$ref":"#"}',
  '[[[[',
  'cluster.name ==',
  '/g/geo/us and not (',
  'é𝒳\u2028',
  'W10',
  'bnVsbA',
  'x'.repeat(3000),
  'true',
  'EdgeCluster',
  'tx-austin-1',
  'geo.us',
  'imdb',
  'spec.environment=prod',
  'kind',
];

const texts = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...ODD) },
  fc.string({ maxLength: 30, unit: 'grapheme' }),
);

const bodies = fc.oneof(
  fc.record(
    {
      selector: fc.oneof(texts, fc.jsonValue({ maxDepth: 3 })),
      sample: fc.oneof(fc.integer(), texts),
      by: texts,
      digest: texts,
    },
    { requiredKeys: [] },
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

function requestsOf(operation: OpenApiOperation): fc.Arbitrary<Sent> {
  const parameters = (operation.parameters ?? []).map(
    parameter => dereference(parameter) as { in: string; name: string },
  );
  const named = (place: string) =>
    parameters.filter(each => each.in === place).map(({ name }) => name);
  return fc.record({
    path: fc.record(
      Object.fromEntries(named('path').map(name => [name, texts])),
    ),
    query: fc.dictionary(
      fc.constantFrom(...named('query'), 'limit', 'colour'),
      fc.array(texts, { minLength: 1, maxLength: 2 }),
      { maxKeys: 4 },
    ),
    body: bodies,
  });
}

function dereference(parameter: JsonObject): JsonObject {
  const reference = parameter.$ref;
  return typeof reference === 'string'
    ? reference
        .split('/')
        .slice(1)
        .reduce<any>((at, key) => at[key], openapiDocument)
    : parameter;
}

/** What the document says of errors; those of bad input say where. */
function formOf(
  status: number,
  body: { error?: { name?: unknown; message?: unknown; details?: unknown } },
) {
  if (body.error === undefined) {
    return 'answer';
  }
  const { name, message, details } = body.error;
  if (typeof name !== 'string' || typeof message !== 'string') {
    return 'neither';
  }
  return status !== 400 || arePlaces(details) ? 'error' : 'no place';
}

const PLACE = /^(?:|\/.*|(?:query|path|header):.+)$/s;

function arePlaces(details: unknown): boolean {
  return (
    Array.isArray(details) &&
    details.length > 0 &&
    details.every(
      ({ pointer, message }) =>
        typeof message === 'string' &&
        typeof pointer === 'string' &&
        PLACE.test(pointer),
    )
  );
}

describe('the API under requests that make no sense', () => {
  const fleet = {
    ...testFleetService(createTestView()),
    requestRun: jest.fn(async () => {}),
    mergeChangeRequest: jest.fn(async () => {
      throw new Error('No merge was meant here');
    }),
  };
  const onWrite = jest.fn();
  let app: express.Express;
  let knex: Knex;

  /** What every write moves, and every write leaves behind. */
  async function written() {
    const [changes] = await knex('changes').count({ rows: '*' });
    return [changes, await knex('revisions').orderBy('name')];
  }

  beforeAll(async () => {
    knex = await openDatabase(
      mockServices.database({
        knex: await databases.init('SQLITE_3'),
        migrations: { skip: false },
      }),
    );
    const plans = DatabasePlanStore.create({ knex });
    const changeRequests = DatabaseChangeRequestStore.create({ knex });
    await plans.save(testPlan);
    await changeRequests.upsert({ ...testChangeRequest, id: 'cr-1' });
    const inventory = DatabaseInventoryStore.create({ knex });
    app = express();
    app.use(
      createRouter({
        fleet,
        status: createTestStatus(),
        plans,
        changeRequests,
        rollouts: createTestRollouts(),
        approvals: createTestApprovals(),
        inventory,
        audit: DatabaseAuditLog.create({ knex }),
        sources: { put: async () => '0'.repeat(64) },
        writer: InventoryWriter.create({ inventory, onWrite }),
        limits: testLimits,
        pull: testPull,
        catalog: catalogServiceMock(),
        inventorySync: { sync: jest.fn() },
        logger: mockServices.logger.mock(),
        httpAuth: mockServices.httpAuth(),
        accessFactory: new TestPolicy().accessFactory(fleet),
        auditor: mockServices.auditor.mock({
          createEvent: async () => ({
            success: async () => {},
            fail: async () => {},
          }),
        }),
        validateResponses: true,
      }),
    );
    // What is no route at all, Backstage answers.
    app.use((_request, _response, next) => next(new NotFoundError()));
    app.use(mockErrorHandler());
  });

  const operations = Object.entries(openapiDocument.paths).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        id: operation.operationId,
        path,
        method: method as 'get' | 'post' | 'put' | 'patch' | 'delete',
        operation,
      })),
  );

  it.each(operations)(
    '$id answers, or refuses in the one form of an error',
    async ({ path, method, operation }) => {
      await fc.assert(
        fc.asyncProperty(requestsOf(operation), async sent => {
          fleet.requestRun.mockClear();
          onWrite.mockClear();
          const before = await written();
          const url = path.replace(/\{(\w+)\}/g, (_, name) =>
            encodeURIComponent(sent.path[name]),
          );
          const query = new URLSearchParams(
            Object.entries(sent.query).flatMap(([name, values]) =>
              values.map(value => [name, value]),
            ),
          );
          const call = request(app)[method](`${url}?${query}`);
          const { status, body } = await (operation.requestBody
            ? call
                .set('content-type', 'application/json')
                .send(JSON.stringify(sent.body))
            : call);
          expect(status).toBeLessThan(500);
          const refused = status >= 400;
          expect(formOf(status, body)).toBe(refused ? 'error' : 'answer');
          const changed = [
            ...fleet.requestRun.mock.calls,
            ...onWrite.mock.calls,
          ];
          expect(refused && changed.length > 0).toBe(false);
          expect(refused ? await written() : before).toEqual(before);
          expect(fleet.mergeChangeRequest).not.toHaveBeenCalled();
        }),
        { seed: SEED, numRuns: RUNS },
      );
    },
    120_000,
  );
});
