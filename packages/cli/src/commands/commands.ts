import { apply } from './apply';
import { approve } from './approve';
import { audit } from './audit';
import { bootstrap } from './bootstrap';
import { Command } from './Command';
import {
  configDeleteContext,
  configGetContexts,
  configSetContext,
  configUseContext,
} from './config';
import { createCompletion } from './completion';
import { deleteEntities } from './deleteEntities';
import { describe } from './describe';
import { diff } from './diff';
import { explain } from './explain';
import { get } from './get';
import { importRecords } from './importRecords';
import { plan } from './plan';
import {
  freezeCreate,
  freezeEnd,
  freezeList,
  overrideCreate,
  overrideEnd,
  overrideList,
} from './policies';
import {
  rolloutCommands,
  rolloutHistory,
  rolloutList,
  rolloutShow,
  rolloutSimulate,
  rolloutStart,
} from './rollout';
import { select } from './select';
import { status } from './status';
import { validate } from './validate';
import { watch } from './watch';

const working: readonly Command[] = [
  validate,
  select,
  plan,
  explain,
  bootstrap,
  diff,
  get,
  describe,
  apply,
  deleteEntities,
  importRecords,
  watch,
  status,
  rolloutList,
  rolloutHistory,
  rolloutShow,
  rolloutStart,
  ...rolloutCommands,
  rolloutSimulate,
  approve,
  freezeList,
  freezeCreate,
  freezeEnd,
  overrideList,
  overrideCreate,
  overrideEnd,
  audit,
  configSetContext,
  configUseContext,
  configGetContexts,
  configDeleteContext,
];

/** In the order in which people meet them. @internal */
export const commands: readonly Command[] = [
  ...working,
  createCompletion(working),
];
