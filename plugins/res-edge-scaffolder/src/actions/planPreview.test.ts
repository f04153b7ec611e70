import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parse } from 'yaml';
import { FakeAnswer, FakeBackend } from '../__testUtils__/FakeBackend';
import { createPlanPreviewAction } from './planPreview';
import { examples } from './planPreview.examples';

const totals = {
  won: 2,
  lost: 0,
  changed: 0,
  refused: 1,
  held: 0,
  released: 0,
};
let backend: FakeBackend;
let answer: FakeAnswer;

beforeEach(async () => {
  answer = {
    body: {
      results: [{ index: 0, kind: 'x', name: 'x', status: 'updated' }],
      effect: {
        totals,
        changeRequests: [{ entity: 'e', title: 'Change it', direct: false }],
        problems: {
          arising: { count: 1, items: [{ entity: 'e', message: 'wrong' }] },
        },
      },
    },
  };
  backend = await FakeBackend.start(() => answer);
});

afterEach(() => backend.stop());

async function run(input: object) {
  const context = createMockActionContext<any, any>({
    input: input as any,
    workspacePath: 'unused',
  });
  await createPlanPreviewAction(backend).handler(context);
  return Object.fromEntries((context.output as jest.Mock).mock.calls);
}

describe('res-edge:plan:preview', () => {
  const input = {
    mutations: [{ action: 'delete', kind: 'EdgeApplication', name: 'imdb' }],
  };

  it('gives the effect, asked for in the name of the user', async () => {
    expect(await run(input)).toEqual({
      totals,
      changeRequests: ['Change it'],
      problems: ['e: wrong'],
    });
    expect(backend.requests).toMatchObject([
      { operationId: 'whatIf', body: input, user: 'user:default/mock' },
    ]);
  });

  it('fails where a write could not be made', async () => {
    const error = { name: 'ConflictError', message: 'It is of the catalog' };
    answer = { body: { results: [{ status: 'failed', error }], effect: {} } };
    await expect(run(input)).rejects.toMatchObject(error);
  });

  it.each(examples.map(e => [e.description, e.example]))(
    'runs the example: %s',
    async (_, example) => {
      await run(parse(example).steps[0].input);
      expect(backend.requests).toHaveLength(1);
    },
  );
});
