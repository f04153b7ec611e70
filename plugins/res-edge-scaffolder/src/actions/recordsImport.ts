import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  ImportReport,
  ImportRequest,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ClientOptions, createClient } from '../client/createClient';
import { Workspace } from '../skeleton/Workspace';
import { examples } from './recordsImport.examples';

/** So many records that are wrong are told; whoever mends these runs it again. */
const MAX_FAILURES = 20;

/**
 * Creates the action `res-edge:records:import`, which imports clusters and other records, all or nothing.
 *
 * @internal
 */
export function createRecordsImportAction(options: ClientOptions) {
  const client = createClient(options);

  return createTemplateAction({
    id: 'res-edge:records:import',
    description:
      'Imports clusters and other records into the data service, all or nothing: from CSV with a mapping of its columns, NDJSON or YAML. Equal records are no change.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        format: z =>
          z.enum(['csv', 'ndjson', 'yaml']).describe('Format of the content'),
        content: z => z.string().optional().describe('The file, as text'),
        filePath: z =>
          z
            .string()
            .optional()
            .describe('The file in the workspace, instead of content'),
        mapping: z =>
          z
            .record(z.unknown())
            .optional()
            .describe(
              'Of CSV: kind, delimiter, and columns with the fields that they become',
            ),
        defaults: z =>
          z
            .record(z.record(z.unknown()))
            .optional()
            .describe(
              'Values of fields that a record leaves out, by kind and path',
            ),
      },
      output: {
        counts: z =>
          z
            .record(z.number())
            .describe('Records created, updated, unchanged and skipped'),
        names: z =>
          z.array(z.string()).describe('Names of the first 100 records'),
      },
    },
    async handler(ctx) {
      const { format, mapping, defaults } = ctx.input;
      const content = await contentOf(ctx.input, ctx.workspacePath);
      const report = await ctx.checkpoint({
        key: 'records.import',
        fn: async () => {
          const { records, counts } = await client.api.importRecords(
            {
              format,
              atomic: true,
              dryRun: ctx.isDryRun ?? false,
              content,
              mapping: mapping as ImportRequest['mapping'],
              defaults: defaults as ImportRequest['defaults'],
            },
            await client.optionsFor(ctx),
          );
          if (counts.failed > 0) {
            throw new InputError(describeFailures(records, counts.failed));
          }
          const names = records.flatMap(({ name }) => name ?? []);
          return { counts: { ...counts }, names: names.slice(0, 100) };
        },
      });
      ctx.logger.info(`Imported: ${JSON.stringify(report.counts)}`);
      ctx.output('counts', report.counts);
      ctx.output('names', report.names);
    },
  });
}

async function contentOf(
  { content, filePath }: { content?: string; filePath?: string },
  workspacePath: string,
): Promise<string> {
  if ((content === undefined) === (filePath === undefined)) {
    throw new InputError('Give either content or filePath');
  }
  if (filePath === undefined) {
    return content!;
  }
  const text = await new Workspace(workspacePath).read(filePath);
  if (text === undefined) {
    throw new InputError(`filePath: there is no ${filePath} in the workspace`);
  }
  return text;
}

function describeFailures(
  records: ImportReport['records'],
  count: number,
): string {
  const lines = records
    .filter(({ status }) => status === 'failed')
    .slice(0, MAX_FAILURES)
    .map(({ number, line, name, column, error }) => {
      const place = line === undefined ? `record ${number}` : `line ${line}`;
      const what = [place, name, column && `column ${column}`].filter(Boolean);
      return `  ${what.join(', ')}: ${error?.message ?? 'failed'}`;
    });
  const more =
    count > lines.length ? [`  and ${count - lines.length} more`] : [];
  return [
    `Nothing was imported: ${count} records are wrong`,
    ...lines,
    ...more,
  ].join('\n');
}
