import { NotAllowedError } from '@backstage/errors';
import { Access } from '../../permissions';
import { AreaOperations, OperationOptions } from './Operations';

/** Losses that wait for a person; they are about the fleet as a whole, so that only who sees all of it sees them. @internal */
export function guardOperations({
  fleet,
}: OperationOptions): AreaOperations<'listGuards' | 'signOffGuard'> {
  const list = (access: Access) => ({
    items: access.seesEverything ? fleet.listGuards() : [],
  });
  return {
    async listGuards({ access }) {
      return list(access);
    },
    async signOffGuard({ path, body, access }) {
      if (!access.seesEverything)
        throw new NotAllowedError(
          'Only who sees the whole fleet can sign off what it loses',
        );
      await fleet.signOffGuard(path.id, access.actor, body.reason);
      return list(access);
    },
  };
}
