import {
  OverridableExtensionDefinition,
  OverridableFrontendPlugin,
} from '@backstage/frontend-plugin-api';
import { RouteRef } from '@backstage/core-plugin-api';
import { resEdgePlugin } from './resEdgePlugin';

/**
 * The plugin for apps of the new frontend system. Its type names no extension, because what is inferred of them is long, and
 * written in another order on another machine.
 *
 * @alpha
 */
export const plugin: OverridableFrontendPlugin<
  { root: RouteRef<undefined> },
  {},
  { [id: string]: OverridableExtensionDefinition }
> = resEdgePlugin;
