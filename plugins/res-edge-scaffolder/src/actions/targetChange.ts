import {
  entityRefOf,
  Selector,
} from '@res-edge/backstage-plugin-res-edge-common';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { ClientOptions, createClient } from '../client/createClient';
import { changeEntity } from '../entities/changeEntity';
import { selector, writtenFields } from './fields';
import { examples } from './targetChange.examples';

/**
 * Creates the action `res-edge:target:change`, which gives a namespace another selector.
 *
 * @internal
 */
export function createTargetChangeAction(options: ClientOptions) {
  const client = createClient(options);

  return createTemplateAction({
    id: 'res-edge:target:change',
    description:
      'Gives a namespace of the data service another selector, which asks for a change request.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        namespace: z => z.string().describe('Name of the namespace'),
        selector: z =>
          selector(z).describe(
            'Which clusters from now on, as a mapping or an expression',
          ),
      },
      output: writtenFields,
    },
    async handler(ctx) {
      const { namespace } = ctx.input;
      const { status } = await changeEntity(
        client,
        ctx,
        'EdgeNamespace',
        namespace,
        entity => ({
          ...entity,
          spec: { ...entity.spec, selector: ctx.input.selector as Selector },
        }),
      );
      ctx.logger.info(`Target of namespace ${namespace}: ${status}`);
      ctx.output('entityRef', entityRefOf('EdgeNamespace', namespace));
      ctx.output('status', status);
    },
  });
}
