import { ActionOptions, replacing } from './ActionOptions';
import { callOperation } from './callOperation';

/** So many failures are shown. */
const MAX_FAILURES = 50;

/** Imports of what other systems export. @internal */
export function registerImportAction(options: ActionOptions): void {
  options.actionsRegistry.register({
    name: 'import-records',
    title: 'Import clusters and other records',
    description:
      'Creates or replaces records of the fleet from CSV, NDJSON or YAML, or from Backstage entities of kind Resource. Ask with dryRun first.',
    attributes: replacing,
    schema: {
      input: z =>
        z.object({
          format: z.enum(['csv', 'ndjson', 'yaml', 'original', 'resources']),
          content: z.string().optional().describe('The file, as text'),
          mapping: z
            .object({
              delimiter: z.enum([',', ';', '\t', '|']).default(','),
              columns: z
                .record(
                  z.union([
                    z.string(),
                    z
                      .object({
                        field: z.string(),
                        type: z
                          .enum(['string', 'number', 'boolean', 'list'])
                          .optional(),
                        separator: z.string().min(1).max(10).optional(),
                        prefix: z.string().max(63).optional(),
                        lowerCase: z.boolean().optional(),
                      })
                      .strict(),
                  ]),
                )
                .describe(
                  'By the header: a field such as metadata.name, spec.groups, metadata.labels.ring, spec.attributes.lanes',
                ),
            })
            .strict()
            .optional()
            .describe('Of CSV: how its columns become fields of EdgeClusters'),
          atomic: z
            .boolean()
            .optional()
            .describe('All or nothing; otherwise what can be imported'),
          dryRun: z
            .boolean()
            .optional()
            .describe('Write nothing, and say what would happen'),
        }),
      output: z =>
        z.object({
          applied: z.boolean(),
          counts: z.record(z.number()),
          failures: z.array(
            z.object({
              number: z.number(),
              name: z.string().optional(),
              message: z.string(),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const { format, atomic, dryRun, content, mapping } = input;
      const { applied, counts, records } = await callOperation(
        options,
        'importRecords',
        credentials,
        {
          path: { format },
          query: { atomic, dryRun },
          body: { content, mapping },
        },
      );
      const failures = records
        .filter(({ status }) => status === 'failed')
        .slice(0, MAX_FAILURES)
        .map(({ number, name, error }) => ({
          number,
          name,
          message: error?.message ?? 'failed',
        }));
      return { output: { applied, counts: { ...counts }, failures } };
    },
  });
}
