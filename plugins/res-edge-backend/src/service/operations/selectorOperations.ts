import { Selector } from '@res-edge/backstage-plugin-res-edge-common';
import { previewSelector } from '../queries';
import { OperationContext } from './OperationContext';
import { AreaOperations } from './Operations';

/** What selectors match. @internal */
export function selectorOperations({
  view,
}: OperationContext): AreaOperations<'previewSelector'> {
  return {
    async previewSelector({ body }) {
      // The document says no more than "string or object"; the selector's compiler checks all of it, with places.
      const selector = body.selector as Selector;
      return previewSelector(view(), { ...body, selector });
    },
  };
}
