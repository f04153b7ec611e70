import { InputError } from '@backstage/errors';
import {
  EdgeApplicationEntity,
  validateEdgeEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { parseAllDocuments } from 'yaml';
import { Workspace } from '../skeleton/Workspace';

/**
 * The EdgeApplication of a YAML file of the workspace.
 *
 * @param name - which one, where the file holds several
 * @throws InputError where there is none, or it is not valid
 * @internal
 */
export async function readApplication(
  workspace: Workspace,
  filePath: string,
  name?: string,
): Promise<EdgeApplicationEntity> {
  const text = await workspace.read(filePath);
  if (text === undefined) {
    throw new InputError(`filePath: there is no ${filePath} in the workspace`);
  }
  const documents = parseAllDocuments(text);
  const error = documents.flatMap(document => document.errors)[0];
  if (error) {
    throw new InputError(`${filePath} is not valid YAML: ${error.message}`);
  }
  const found = documents
    .map(document => document.toJS({ maxAliasCount: 0 }))
    .filter(
      entity =>
        entity?.kind === 'EdgeApplication' &&
        (name === undefined || entity.metadata?.name === name),
    );
  if (found.length !== 1) {
    throw new InputError(
      `${filePath} holds ${found.length} applications${
        name === undefined ? '' : ` named ${name}`
      }, and must hold one${name === undefined ? ', or name says which' : ''}`,
    );
  }
  return validateEdgeEntity(found[0]) as EdgeApplicationEntity;
}
