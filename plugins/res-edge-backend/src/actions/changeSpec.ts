import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  EntityInput,
  OperationPath,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ActionOptions } from './ActionOptions';
import { callOperation } from './callOperation';

/**
 * Reads an entity, and writes it with another spec, if nobody wrote it meanwhile.
 *
 * @returns its new etag
 * @internal
 */
export async function changeSpec(
  options: ActionOptions,
  credentials: BackstageCredentials,
  path: OperationPath<'getEntity'>,
  change: (spec: EntityInput['spec']) => object | Promise<object>,
): Promise<{ etag: string }> {
  const before = await callOperation(options, 'getEntity', credentials, {
    path,
  });
  const entity = before.entity as EntityInput;
  const body = { ...entity, spec: await change(entity.spec) } as EntityInput;
  const { etag } = await callOperation(options, 'applyEntity', credentials, {
    ...{ path, body, conditions: { ifMatch: [before.etag] } },
  });
  return { etag };
}
