import fc from 'fast-check';
import { CsvMapping } from './csvMapping';
import { readImport } from './readImport';

const limits = { maxContent: 1_000_000, maxRecords: 1000 };
const mapping: CsvMapping = {
  columns: {
    Store: { field: 'metadata.name', prefix: 'store-', lowerCase: true },
    Title: 'metadata.title',
    Ring: 'metadata.labels.ring',
    Size: 'metadata.labels.example.org/size',
    Region: { field: 'spec.groups', prefix: 'geo.' },
    Marketing: { field: 'spec.groups', prefix: 'marketing.', separator: '|' },
    Lanes: { field: 'spec.attributes.lanes', type: 'number' },
    Kiosk: { field: 'spec.attributes.kiosk', type: 'boolean' },
    Grill: { field: 'spec.attributes.grill', type: 'list' },
    CPU: 'spec.capacity.cpu',
    Pods: 'spec.capacity.pods',
  },
};

function read(content: string, more: Partial<CsvMapping> = {}) {
  return readImport(
    {
      format: 'csv',
      content,
      mapping: { ...mapping, ...more },
      defaults: {
        EdgeCluster: { 'spec.environment': 'prod', 'spec.state': 'active' },
      },
    },
    limits,
  );
}

const HEADER =
  'Store,Title,Ring,Size,Region,Marketing,Lanes,Kiosk,Grill,CPU,Pods,Phone';

describe('readCsv', () => {
  it('maps columns to fields, with types, lists, prefixes and defaults', async () => {
    const records = await read(
      `\uFEFF${HEADER}\r\nTX-1,"Austin, ""South""\nLamar",beta,large,us;us.tx;us,spanish|late,2,Yes,acme3000; acme3001,16,110,1\r\n\r\nTX-2,,,,,,,,,,,+1 555\r\n`,
    );
    expect(records).toEqual([
      {
        number: 1,
        line: 2,
        kind: 'EdgeCluster',
        name: 'store-tx-1',
        notes: ['columns without a mapping: Phone'],
        entity: {
          apiVersion: 'res-edge.io/v1alpha1',
          kind: 'EdgeCluster',
          metadata: {
            name: 'store-tx-1',
            namespace: 'default',
            title: 'Austin, "South"\nLamar',
            labels: { ring: 'beta', 'example.org/size': 'large' },
          },
          spec: {
            groups: [
              'geo.us',
              'geo.us.tx',
              'marketing.spanish',
              'marketing.late',
            ],
            attributes: {
              lanes: 2,
              kiosk: true,
              grill: ['acme3000', 'acme3001'],
            },
            capacity: { cpu: '16', pods: '110' },
            environment: 'prod',
            state: 'active',
          },
        },
      },
      expect.objectContaining({
        number: 2,
        line: 5,
        entity: expect.objectContaining({
          metadata: { name: 'store-tx-2', namespace: 'default' },
          spec: { environment: 'prod', state: 'active' },
        }),
      }),
    ]);
  });

  it.each([
    [
      'tx-1,,,,,,two,,,,,',
      'Lanes',
      '/spec/attributes/lanes',
      /^must be a number/,
    ],
    ['tx-1,,,,,,"1,000",,,,,', 'Lanes', '/spec/attributes/lanes', /thousands/],
    [
      'tx-1,,,,,,,maybe,,,,',
      'Kiosk',
      '/spec/attributes/kiosk',
      /^must be one of/,
    ],
    [
      'tx-1,"=HYPERLINK(""x"")",,,,,,,,,,',
      'Title',
      '/metadata/title',
      /formula/,
    ],
    [
      'tx-1,"+cmd|\' /C calc\'!A0",,,,,,,,,,',
      'Title',
      '/metadata/title',
      /formula/,
    ],
    ['tx-1,@SUM(A1),,,,,,,,,,', 'Title', '/metadata/title', /formula/],
    ['tx-1,Caf\uFFFD,,,,,,,,,,', 'Title', '/metadata/title', /UTF-8/],
    [
      'tx-1,C\u0000a,,,,,,,,,,',
      'Title',
      '/metadata/title',
      /control character/,
    ],
    ['tx 1,,,,,,,,,,,', 'Store', '/metadata/name', /DNS-1123/],
    ['tx-1,,new ring,,,,,,,,,', 'Ring', '/metadata/labels/ring', /at most 63/],
    [
      'tx-1,,,a b,,,,,,,,',
      'Size',
      '/metadata/labels/example.org~1size',
      /at most 63/,
    ],
    ['tx-1,,,,US,,,,,,,', 'Region', '/spec/groups/0', /DNS-1123/],
    ['tx-1,,,,', undefined, undefined, /^has 5 cells, but the header has 12/],
    [',,,,,,,,,,,', 'Store', '/metadata/name', /required/],
  ])('says what is wrong with %j', async (row, column, pointer, message) => {
    const [bad, good] = await read(`${HEADER}\n${row}\ntx-9,,,,,,,,,,,\n`);
    expect(bad.entity).toBeUndefined();
    expect(bad.line).toBe(2);
    expect(bad.problem).toMatchObject({
      message: expect.stringMatching(message),
      ...(column !== undefined && { column }),
      ...(pointer !== undefined && { pointer }),
    });
    expect(good.entity?.metadata.name).toBe('store-tx-9');
  });

  it('takes signs and phone numbers for what they are', async () => {
    const [record] = await read(
      `${HEADER}\ntx-1,+49 30 (123) 45-6,,,,,-2.5e3,,,,,-\n`,
    );
    expect(record.entity?.metadata.title).toBe('+49 30 (123) 45-6');
    expect(record.entity?.spec).toMatchObject({ attributes: { lanes: -2500 } });
  });

  it('tells of a name that stands twice, and keeps the first', async () => {
    const [first, second] = await read(
      `${HEADER}\ntx-1,,,,,,,,,,,\nTX-1,,,,,,,,,,,\n`,
    );
    expect(first.entity).toBeDefined();
    expect(second).toMatchObject({
      line: 3,
      problem: {
        message: 'edgecluster:default/store-tx-1 is given in line 2 already',
      },
    });
  });

  it.each([
    ['', /there is no header/],
    [
      'Store,Title\n',
      /has no column 'Ring', 'Size', .*it has 'Store', 'Title'/,
    ],
    [`${HEADER},Ring\n`, /has the column 'Ring' twice/],
    [`${HEADER}\n"tx-1,,,`, /line 2: not valid CSV/],
    [`${HEADER}\ntx-1,"${'x'.repeat(200_000)}`, /not valid CSV/],
  ])('refuses the file %#', async (content, message) => {
    await expect(read(content)).rejects.toThrow(message);
  });

  it.each<[Partial<CsvMapping>, RegExp]>([
    [{ columns: { A: 'metadata.title' } }, /no column gives metadata.name/],
    [
      { columns: { A: 'metadata.nam' } },
      /\['A'\]: 'metadata.nam' is not a field of EdgeCluster; allowed below 'metadata' are name, /,
    ],
    [{ columns: { A: 'spec' } }, /is not a single value/],
    [{ columns: { A: 'spec.attributes' } }, /is not a single value/],
    [
      { columns: { A: 'spec.attributes.__proto__' } },
      /key '__proto__' is not allowed/,
    ],
    [{ columns: { A: 'spec.toString' } }, /'spec.toString' is not a field/],
    [{ columns: { A: 'spec.state.x' } }, /there is nothing below 'spec.state'/],
    [
      { columns: { A: 'spec.hours.mon', B: 'spec.hours.mon' } },
      /given by column 'A' already/,
    ],
    [
      { columns: { A: { field: 'spec.owner', type: 'number' } } },
      /is a string, not a number/,
    ],
    [
      { columns: { A: { field: 'spec.groups', separator: '' } } },
      /separator is empty/,
    ],
  ])('refuses the mapping %j', async (more, message) => {
    await expect(read(`${HEADER}\n`, more)).rejects.toThrow(message);
  });

  it('reads back any text that was quoted', async () => {
    const cell = fc
      .string({ unit: 'grapheme', maxLength: 60 })
      .map(text => text.replace(/\p{Cc}|\uFFFD/gu, ' ').trim())
      .filter(text => text !== '' && !/^[=@+-]/.test(text));
    await fc.assert(
      fc.asyncProperty(
        fc.array(cell, { minLength: 1, maxLength: 20 }),
        fc.constantFrom<',' | ';' | '\t' | '|'>(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n'),
        async (cells, delimiter, newline) => {
          const rows = cells.map(
            (text, index) =>
              `c-${index}${delimiter}"${text.replace(/"/g, '""')}"`,
          );
          const records = await readImport(
            {
              format: 'csv',
              content: [`Name${delimiter}Text`, ...rows].join(newline),
              mapping: {
                delimiter,
                columns: {
                  Name: 'metadata.name',
                  Text: 'spec.attributes.text',
                },
              },
            },
            limits,
          );
          expect(
            records.map(({ entity }) => (entity?.spec as any).attributes.text),
          ).toEqual(cells);
          expect(records.map(({ line }) => line)).toEqual(
            cells.map((_, index) => index + 2),
          );
        },
      ),
      { numRuns: 50 },
    );
  });
});
