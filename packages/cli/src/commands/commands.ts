import { Command } from './Command';
import {
  configDeleteContext,
  configGetContexts,
  configSetContext,
  configUseContext,
} from './config';
import { describe } from './describe';
import { diff } from './diff';
import { explain } from './explain';
import { get } from './get';
import { plan } from './plan';
import { select } from './select';
import { validate } from './validate';

/** In the order in which people meet them. @internal */
export const commands: readonly Command[] = [
  validate,
  select,
  plan,
  explain,
  diff,
  get,
  describe,
  configSetContext,
  configUseContext,
  configGetContexts,
  configDeleteContext,
];
