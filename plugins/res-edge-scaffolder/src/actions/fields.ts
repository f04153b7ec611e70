import type { z as zod } from 'zod/v3';

type Zod = typeof zod;

/** Fields that several actions take, each as a function of zod, as the scaffolder wants it. */

/** @internal */
export const metadataFields = {
  title: (z: Zod) => z.string().optional().describe('Title for people'),
  description: (z: Zod) => z.string().optional().describe('What it is for'),
  labels: (z: Zod) =>
    z
      .record(z.string())
      .optional()
      .describe('Labels, which selectors and policies can name'),
};

/** @internal */
export const owner = (z: Zod) =>
  z.string().optional().describe('Entity reference of its owner');

/** @internal */
export const values = (z: Zod) =>
  z
    .record(z.string())
    .optional()
    .describe('Values for the placeholders of manifests');

/** @internal */
export const quantities = (z: Zod, description: string) =>
  z
    .object({
      cpu: z.string().optional(),
      memory: z.string().optional(),
      storage: z.string().optional(),
    })
    .optional()
    .describe(description);

/** @internal */
export const selector = (z: Zod) =>
  z.union([z.string(), z.record(z.unknown())]);

/** What every action that writes an entity gives. @internal */
export const writtenFields = {
  entityRef: (z: Zod) => z.string().describe('Reference of the entity'),
  status: (z: Zod) =>
    z
      .enum(['created', 'updated', 'deleted', 'unchanged'])
      .describe(
        'What became of it; unchanged where it is so already, and in a dry run what would become of it',
      ),
};
