import { Selector } from '@res-edge/backstage-plugin-res-edge-common';
import { previewSelector } from '../queries';
import { AreaOperations } from './Operations';

/** What selectors match. @internal */
export function selectorOperations(): AreaOperations<'previewSelector'> {
  return {
    async previewSelector({ body, access }) {
      // The document says no more than "string or object"; the selector's compiler checks all of it, with places.
      const selector = body.selector as Selector;
      return previewSelector(access.fleet(), { ...body, selector });
    },
  };
}
