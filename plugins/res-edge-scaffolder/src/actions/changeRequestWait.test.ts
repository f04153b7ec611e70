import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import {
  ChangeRequest,
  ChangeRequestPage,
  InventoryEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { parse } from 'yaml';
import {
  FakeAnswer,
  FakeBackend,
  FakeRequest,
} from '../__testUtils__/FakeBackend';
import { createChangeRequestWaitAction } from './changeRequestWait';
import { examples } from './changeRequestWait.examples';

function changeRequest(over: Partial<ChangeRequest> = {}): ChangeRequest {
  return {
    id: 'cr-1',
    intent: 'edgeapplication:default/imdb',
    title: 'Deploy imdb 1.0.1',
    state: 'open',
    branch: 'res-edge/edgeapplication/imdb',
    digest: 'd',
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    mergeable: true,
    totals: { won: 18, lost: 0, changed: 0, refused: 1, bills: 18 },
    ...over,
  };
}

const missing: FakeAnswer = {
  status: 404,
  body: { error: { name: 'NotFoundError', message: 'No such entity' } },
};

let backend: FakeBackend;
/** What exists; a test may add to it while the action waits. */
let existing: ChangeRequest[];
let entity: FakeAnswer;
let onRequest: (request: FakeRequest) => FakeAnswer | undefined;

beforeEach(async () => {
  existing = [];
  entity = missing;
  onRequest = () => undefined;
  backend = await FakeBackend.start(request => {
    const special = onRequest(request);
    if (special) {
      return special;
    }
    if (request.operationId === 'getEntity') {
      return entity;
    }
    const items = existing.filter(
      item => item.state === request.query.get('state'),
    );
    const page: ChangeRequestPage = { items, total: items.length };
    return { body: page };
  });
});

afterEach(() => backend.stop());

async function run(
  input: { application: string; state?: string; timeoutSeconds?: number },
  over: object = {},
) {
  const action = createChangeRequestWaitAction({
    auth: backend.auth,
    discovery: backend.discovery,
    pollIntervalMilliseconds: 5,
  });
  const context = {
    ...createMockActionContext<any, any>({
      input,
      workspacePath: 'unused',
    }),
    ...over,
  };
  await action.handler(context);
  return Object.fromEntries((context.output as jest.Mock).mock.calls);
}

const registered = {
  entity: {},
  origin: { type: 'catalog' },
  etag: '"1"',
  createdAt: '2026-11-20T12:00:00.000Z',
  updatedAt: '2026-11-20T12:00:00.000Z',
} as const;

describe('res-edge:change-request:wait', () => {
  it('gives the change request that is there, in the name of the user', async () => {
    existing = [
      changeRequest({ id: 'other', intent: 'edgeapplication:default/redis' }),
      changeRequest(),
    ];
    const outputs = {
      id: 'cr-1',
      title: 'Deploy imdb 1.0.1',
      state: 'open',
      totals: { won: 18, lost: 0, changed: 0, refused: 1, bills: 18 },
    };
    expect(await run({ application: 'imdb' })).toEqual(outputs);
    expect(await run({ application: 'edgeapplication:default/imdb' })).toEqual(
      outputs,
    );
    expect(backend.requests.map(request => request.user)).toEqual([
      'user:default/mock',
      'user:default/mock',
    ]);
  });

  it('waits until there is one', async () => {
    onRequest = () => {
      if (backend.requests.length === 6) {
        existing.push(changeRequest());
      }
      return undefined;
    };
    expect(await run({ application: 'imdb' })).toMatchObject({ id: 'cr-1' });
    expect(backend.requests.length).toBeGreaterThanOrEqual(6);
  });

  it('prefers an open one, and takes the newest merged one otherwise', async () => {
    existing = [
      changeRequest({ id: 'newer', state: 'merged' }),
      changeRequest({ id: 'older', state: 'merged' }),
      changeRequest({ id: 'gone', state: 'superseded' }),
    ];
    expect(await run({ application: 'imdb' })).toMatchObject({
      id: 'newer',
      state: 'merged',
    });
    existing.push(changeRequest({ id: 'open' }));
    expect(await run({ application: 'imdb' })).toMatchObject({ id: 'open' });
    expect(await run({ application: 'imdb', state: 'merged' })).toMatchObject({
      id: 'newer',
    });
  });

  it('reads on where there are more pages', async () => {
    onRequest = ({ query }) => {
      const last = query.get('cursor') === 'more';
      const page: ChangeRequestPage = {
        items: last ? [changeRequest()] : [],
        total: 1,
        ...(!last && { nextCursor: 'more' }),
      };
      return { body: page };
    };
    expect(await run({ application: 'imdb' })).toMatchObject({ id: 'cr-1' });
    expect(backend.requests).toHaveLength(2);
  });

  it('outlives a backend that is away for a moment', async () => {
    existing = [changeRequest()];
    onRequest = () =>
      backend.requests.length < 3
        ? { status: 503, body: 'starting' }
        : undefined;
    expect(await run({ application: 'imdb' })).toMatchObject({ id: 'cr-1' });
  });

  it('gives up at once where asking is not allowed', async () => {
    onRequest = () => ({
      status: 403,
      body: { error: { name: 'NotAllowedError', message: 'Not yours' } },
    });
    await expect(run({ application: 'imdb' })).rejects.toThrow('Not yours');
    expect(backend.requests).toHaveLength(1);
  });

  it.each([
    [missing, 'It is not in the inventory'],
    [
      {
        body: {
          ...registered,
          problems: [
            {
              entity: 'edgeapplication:default/imdb',
              field: 'spec.namespace',
              message: 'unknown namespace "bar"',
            },
          ],
        } satisfies InventoryEntity,
      },
      'It has problems: spec.namespace: unknown namespace "bar"',
    ],
    [
      {
        body: {
          ...registered,
          problems: [],
        } satisfies InventoryEntity,
      },
      'It is registered without problems',
    ],
  ])('says what to look at when time is over (%#)', async (found, words) => {
    entity = found;
    const attempt = run({ application: 'imdb', timeoutSeconds: 1 });
    await expect(attempt).rejects.toThrow(
      'There is no change request for edgeapplication:default/imdb after 1 seconds. ',
    );
    await expect(attempt).rejects.toThrow(words);
  });

  it('says so when the backend never answers', async () => {
    onRequest = () => ({ status: 500, body: 'broken' });
    await expect(
      run({ application: 'imdb', timeoutSeconds: 1 }),
    ).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('did not answer within 1 seconds'),
    });
  });

  it('ends with the task', async () => {
    const controller = new AbortController();
    onRequest = () => {
      controller.abort();
      return undefined;
    };
    await expect(
      run({ application: 'imdb' }, { signal: controller.signal }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('does not wait in a dry run', async () => {
    expect(await run({ application: 'imdb' }, { isDryRun: true })).toEqual({});
  });

  it('refuses other kinds', async () => {
    await expect(run({ application: 'component:imdb' })).rejects.toThrow(
      'application is component:imdb, and must be the name or reference of an EdgeApplication',
    );
  });

  it.each(examples.map(e => [e.description, e.example]))(
    'runs the example: %s',
    async (_, example) => {
      existing = [changeRequest()];
      const { input } = parse(example).steps[0];
      expect(await run({ ...input, application: 'imdb' })).toMatchObject({
        id: 'cr-1',
      });
    },
  );
});
