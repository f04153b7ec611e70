import { createMockDirectory } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parse } from 'yaml';
import { FakeAnswer, FakeBackend } from '../__testUtils__/FakeBackend';
import { createRecordsImportAction } from './recordsImport';
import { examples } from './recordsImport.examples';

const counts = { created: 1, updated: 0, unchanged: 0, failed: 0, skipped: 0 };
const workspace = createMockDirectory();
let backend: FakeBackend;
let answer: FakeAnswer;

beforeEach(async () => {
  workspace.clear();
  answer = {
    body: {
      revision: 1,
      applied: true,
      counts,
      records: [{ number: 1, name: 'store-1', status: 'created' }],
    },
  };
  backend = await FakeBackend.start(() => answer);
});

afterEach(() => backend.stop());

async function run(input: object, isDryRun = false) {
  const context = {
    ...createMockActionContext<any, any>({
      input: input as any,
      workspacePath: workspace.path,
    }),
    isDryRun,
  };
  await createRecordsImportAction(backend).handler(context);
  return Object.fromEntries((context.output as jest.Mock).mock.calls);
}

describe('res-edge:records:import', () => {
  it('imports all or nothing, from the workspace as well', async () => {
    workspace.setContent({ 'stores.csv': 'name\nstore-1\n' });
    const mapping = { columns: { name: 'metadata.name' } };
    expect(
      await run({ format: 'csv', filePath: 'stores.csv', mapping }, true),
    ).toEqual({ counts, names: ['store-1'] });
    const [{ body, path, query }] = backend.requests;
    expect(path.at(-1)).toBe('csv');
    expect([...query]).toEqual([
      ['atomic', 'true'],
      ['dryRun', 'true'],
    ]);
    expect(body).toEqual({ content: 'name\nstore-1\n', mapping });
  });

  it('tells each record that is wrong, with its place', async () => {
    answer = {
      body: {
        revision: 1,
        applied: false,
        counts: { ...counts, failed: 21 },
        records: [
          { number: 1, name: 'store-1', status: 'created' },
          ...Array.from({ length: 21 }, (_, index) => ({
            number: index + 2,
            line: index + 3,
            column: 'lanes',
            status: 'failed',
            error: { name: 'InputError', message: 'must be a number' },
          })),
        ],
      },
    };
    const error = await run({ format: 'csv', content: 'x' }).catch(e => e);
    expect(error).toMatchObject({ name: 'InputError' });
    expect(error.message.split('\n')).toMatchObject([
      'Nothing was imported: 21 records are wrong',
      '  line 3, column lanes: must be a number',
      ...Array(19).fill(expect.any(String)),
      '  and 1 more',
    ]);
  });

  it.each([{}, { content: 'x', filePath: 'y' }, { filePath: 'none.csv' }])(
    'refuses %j',
    async input => {
      await expect(run({ format: 'csv', ...input })).rejects.toMatchObject({
        name: 'InputError',
      });
      expect(backend.requests).toEqual([]);
    },
  );

  it.each(examples.map(e => [e.description, e.example]))(
    'runs the example: %s',
    async (_, example) => {
      const { names } = await run(parse(example).steps[0].input);
      expect(names).toEqual(['store-1']);
    },
  );
});
