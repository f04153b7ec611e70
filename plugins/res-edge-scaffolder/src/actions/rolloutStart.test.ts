import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parse } from 'yaml';
import { FakeBackend } from '../__testUtils__/FakeBackend';
import { createRolloutStartAction } from './rolloutStart';
import { examples } from './rolloutStart.examples';

let backend: FakeBackend;
/** Of the application. */
let spec: { version: string; rollout?: string };
let rollouts: { id: string; application: string; version: string }[];
let openChangeRequests: {
  id: string;
  intent: string;
  title: string;
  digest: string;
}[];
/** What the plan loop does when it is looked at. */
let onLook: () => void;
let refusal: { name: string; message: string } | undefined;

beforeEach(async () => {
  spec = { version: '1.0.0', rollout: 'store-rings' };
  rollouts = [{ id: 'r-1', application: 'imdb', version: '1.0.0' }];
  openChangeRequests = [];
  onLook = () => {};
  refusal = undefined;
  backend = await FakeBackend.start(({ operationId, query, body }) => {
    switch (operationId) {
      case 'getEntity':
        return { body: { entity: { spec }, etag: '"7"' } };
      case 'writeEntities': {
        const [{ kind, name, patch }] = (body as any).mutations;
        const result = { index: 0, kind, name };
        if (refusal)
          return {
            body: {
              results: [{ ...result, status: 'failed', error: refusal }],
            },
          };
        const isSame = patch.spec.version === spec.version;
        if (query.get('dryRun') !== 'true') spec = { ...spec, ...patch.spec };
        const status = isSame ? 'unchanged' : 'updated';
        return { body: { results: [{ ...result, status }] } };
      }
      case 'listRollouts': {
        const items = rollouts;
        onLook();
        return { body: { items } };
      }
      case 'listChangeRequests':
        return {
          body: { items: openChangeRequests, total: openChangeRequests.length },
        };
      default:
        throw new Error(`No ${operationId} is expected`);
    }
  });
});

afterEach(() => backend.stop());

async function run(input: object, over: object = {}) {
  const action = createRolloutStartAction({
    ...{ auth: backend.auth, discovery: backend.discovery },
    pollIntervalMilliseconds: 10,
  });
  const context = {
    ...createMockActionContext<any, any>({ input: input as any }),
    ...over,
  };
  await action.handler(context as any);
  return Object.fromEntries((context.output as jest.Mock).mock.calls);
}

const writes = () =>
  backend.requests.filter(({ operationId }) => operationId === 'writeEntities');

const begin = () => {
  if (spec.version === '1.4.2')
    rollouts = [{ id: 'r-2', application: 'imdb', version: '1.4.2' }];
};

const about = { entityRef: 'edgeapplication:default/imdb' };

describe('res-edge:rollout:start', () => {
  it('does as its examples say: releases, and gives the rollout once it has begun', async () => {
    onLook = begin;
    for (const { example } of examples.slice(0, 1)) {
      const [{ input }] = parse(example).steps;
      expect(await run(input)).toEqual({
        ...{ ...about, status: 'updated', rolloutId: 'r-2' },
      });
    }
    expect(writes()).toMatchObject([
      {
        user: 'user:default/mock',
        body: {
          mutations: [
            {
              ...{ action: 'patch', kind: 'EdgeApplication', name: 'imdb' },
              ...{ ifMatch: '"7"', patch: { spec: { version: '1.4.2' } } },
            },
          ],
        },
      },
    ]);
  });

  it('gives the same rollout when it is run again', async () => {
    onLook = begin;
    const input = { application: 'imdb', version: '1.4.2' };
    const { rolloutId } = await run(input);
    expect(await run(input)).toEqual({
      ...{ ...about, status: 'unchanged', rolloutId },
    });
  });

  it('writes nothing again where a task is taken up again', async () => {
    const kept = new Map<string, unknown>();
    const checkpoint = async ({ key, fn }: any) => {
      if (!kept.has(key)) kept.set(key, await fn());
      return kept.get(key);
    };
    const input = { application: 'imdb', version: '1.4.2', timeoutSeconds: 0 };
    expect(await run(input, { checkpoint })).toEqual({
      ...{ ...about, status: 'updated' },
    });
    begin();
    expect(await run(input, { checkpoint })).toMatchObject({
      rolloutId: 'r-2',
    });
    expect(writes()).toHaveLength(1);
  });

  it('gives the change request that has to be merged first', async () => {
    const request = { id: 'cr-1', intent: about.entityRef, title: 'imdb' };
    openChangeRequests = [{ ...request, digest: 'of 1.0.0' }];
    onLook = () => {
      // The one from before says something else now.
      if (spec.version === '1.4.2')
        openChangeRequests = [{ ...request, digest: 'of 1.4.2' }];
    };
    expect(await run({ application: 'imdb', version: '1.4.2' })).toEqual({
      ...{ ...about, status: 'updated', changeRequestId: 'cr-1' },
    });
  });

  it('takes no change request from before for its own', async () => {
    openChangeRequests = [
      { id: 'cr-1', intent: about.entityRef, title: 'imdb', digest: 'd1' },
    ];
    const input = { application: 'imdb', version: '1.4.2', timeoutSeconds: 0 };
    expect(await run(input)).toEqual({ ...about, status: 'updated' });
  });

  it('takes no older rollout of the same version for the new one', async () => {
    rollouts = [{ id: 'r-0', application: 'imdb', version: '1.4.2' }];
    const input = { application: 'imdb', version: '1.4.2', timeoutSeconds: 0 };
    expect(await run(input)).toEqual({ ...about, status: 'updated' });
  });

  it('writes nothing in a dry run, and waits for nothing', async () => {
    expect(
      await run({ application: 'imdb', version: '1.4.2' }, { isDryRun: true }),
    ).toEqual({ ...about, status: 'updated' });
    expect(spec.version).toBe('1.0.0');
  });

  it('says what is wrong', async () => {
    const input = { application: 'imdb', version: '1.4.2' };
    refusal = { name: 'ConflictError', message: 'It is registered in YAML' };
    await expect(run(input)).rejects.toThrow('It is registered in YAML');
    spec = { version: '1.0.0' };
    await expect(run(input)).rejects.toThrow(
      'application: imdb goes through no rings',
    );
  });
});
