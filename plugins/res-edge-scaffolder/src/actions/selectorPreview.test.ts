import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import {
  ErrorBody,
  ResEdgeApi,
  SelectorPreview,
} from '@res-edge/backstage-plugin-res-edge-common';
import { parse } from 'yaml';
import { FakeAnswer, FakeBackend } from '../__testUtils__/FakeBackend';
import { createSelectorPreviewAction } from './selectorPreview';
import { examples } from './selectorPreview.examples';

const preview: SelectorPreview = {
  count: 2,
  total: 18,
  sample: ['central-tx-atx-2301', 'central-tx-atx-2302'],
  byGroup: [{ group: 'stores', title: 'Stores', count: 2, total: 18 }],
};

let backend: FakeBackend;
let answer: FakeAnswer;

beforeEach(async () => {
  answer = { body: preview };
  backend = await FakeBackend.start(() => answer);
});

afterEach(() => backend.stop());

async function run(input: { selector: any; sample?: number; by?: string }) {
  const action = createSelectorPreviewAction(backend);
  const context = createMockActionContext<any, any>({
    input,
    workspacePath: 'unused',
  });
  await action.handler(context);
  return Object.fromEntries((context.output as jest.Mock).mock.calls);
}

describe('res-edge:selector:preview', () => {
  it('gives the matches, asked for in the name of the user', async () => {
    const input: Parameters<ResEdgeApi['previewSelector']>[0] = {
      selector: { groups: ['stores.central'], matchLabels: { ring: 'beta' } },
      sample: 2,
      by: 'stores',
    };
    expect(await run(input)).toEqual({
      count: 2,
      total: 18,
      sample: ['central-tx-atx-2301', 'central-tx-atx-2302'],
      byGroup: [{ group: 'stores', count: 2 }],
    });
    expect(backend.requests).toEqual([
      {
        operationId: 'previewSelector',
        path: ['api', 'res-edge', 'v1', 'selectors', 'preview'],
        query: new URLSearchParams(),
        body: input,
        user: 'user:default/mock',
      },
    ]);
  });

  it('shows where a selector is wrong', async () => {
    const body: ErrorBody = {
      error: {
        name: 'InputError',
        message: 'Unknown field "labls"',
        position: 8,
      },
    };
    answer = { status: 400, body };
    await expect(
      run({ selector: 'cluster.labls.ring == "beta"' }),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: [
        'The selector is wrong at character 9: Unknown field "labls"',
        '  cluster.labls.ring == "beta"',
        '          ^',
      ].join('\n'),
    });
  });

  it('shows the neighbourhood in a long expression of a mapping, on one line', async () => {
    const expression = `${'cluster.inGroup("geo.us") ||\n'.repeat(5)}oops`;
    answer = {
      status: 400,
      body: {
        error: {
          name: 'InputError',
          message: 'Unknown name',
          field: 'expression',
          position: expression.length - 4,
        },
      },
    };
    const error = await run({ selector: { expression } }).catch(e => e);
    const [headline, excerpt, mark] = error.message.split('\n');
    expect(headline).toBe(
      `The selector is wrong in expression at character ${
        expression.length - 3
      }: Unknown name`,
    );
    expect(excerpt.slice(mark.indexOf('^'))).toBe('oops');
  });

  it('names the field where there is no position', async () => {
    answer = {
      status: 400,
      body: {
        error: {
          name: 'InputError',
          message: 'unknown group "geo.mars"',
          field: 'groups[0]',
        },
      },
    };
    await expect(run({ selector: { groups: ['geo.mars'] } })).rejects.toThrow(
      /^The selector is wrong in groups\[0\]: unknown group "geo.mars"$/,
    );
  });

  it('hands on other errors as they are', async () => {
    answer = {
      status: 403,
      body: { error: { name: 'NotAllowedError', message: 'Not yours' } },
    };
    await expect(run({ selector: '/c/*' })).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: 'Not yours',
    });
  });

  it.each(examples.map(e => [e.description, e.example]))(
    'runs the example: %s',
    async (_, example) => {
      await run(parse(example).steps[0].input);
      expect(backend.requests).toHaveLength(1);
    },
  );

  it('is for dry runs, too', () => {
    expect(createSelectorPreviewAction(backend).supportsDryRun).toBe(true);
  });
});
