import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { AlphaEntity } from '@backstage/catalog-model/alpha';
import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { redactSecrets } from '../git';

/** Says of an entity that its location is gone, or does not have it any more. @internal */
export const ANNOTATION_ORPHAN = 'backstage.io/orphan';

const MAX_MESSAGE = 2000;

/** What the catalog says of an entity that it serves: it still has its last good state. @internal */
export function catalogProblems(entity: Entity): Problem[] {
  const ref = stringifyEntityRef(entity);
  const problems = ((entity as AlphaEntity).status?.items ?? [])
    .filter(({ level }) => level === 'error')
    .map(({ message }) => catalogProblem(ref, message));
  if (entity.metadata.annotations?.[ANNOTATION_ORPHAN] === 'true') {
    problems.push({
      entity: ref,
      field: '',
      message:
        'its place of registration is gone, or does not name it any more; it stays until the catalog deletes it',
    });
  }
  return problems;
}

/** What the catalog could not process, in the words of whoever found it. @internal */
export function catalogProblem(entity: string, message: string): Problem {
  const [cause] = message.split('; caused by ').slice(-1);
  const text = redactSecrets(cause.replace(/^InputError: /, ''));
  return {
    entity,
    field: '',
    message: `the catalog cannot process it: ${text.slice(0, MAX_MESSAGE)}`,
  };
}
