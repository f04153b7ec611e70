import { originOf } from '../util/originOf';
import { InventoryOrigin } from './InventoryStore';

/** Whose record it is and where to change it, as the end of a sentence. @internal */
export function describeOrigin({ type, location }: InventoryOrigin): string {
  switch (type) {
    case 'catalog':
      return `is registered in the catalog${
        location ? ` at ${originOf(location)}` : ''
      }: change it there`;
    case 'provider':
      return `comes from the provider '${location}': change it there`;
    default:
      return 'comes from the API: change it by the API';
  }
}
