import { InventoryOrigin } from './InventoryStore';

/**
 * An origin as one text, which configuration can name by patterns: the location of registered YAML, `api:` for what the API
 * created, `provider:azure-arc` for what a provider of that name has.
 *
 * @internal
 */
export function locationOf({ type, location = '' }: InventoryOrigin): string {
  return type === 'catalog' ? location : `${type}:${location}`;
}
