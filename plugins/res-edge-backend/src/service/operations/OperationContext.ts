import { ServiceUnavailableError } from '@backstage/errors';
import { FleetView } from '../FleetView';
import { OpenIntents } from '../queries';
import { OperationOptions } from './Operations';

/** What the operations of each area read and ask. @internal */
export interface OperationContext extends OperationOptions {
  /** The newest. @throws ServiceUnavailableError before the first run */
  view(): FleetView;
  openIntents(): Promise<OpenIntents>;
}

/** The options with what is read through them. @internal */
export function createOperationContext(
  options: OperationOptions,
): OperationContext {
  const { fleet, changeRequests } = options;
  return {
    ...options,
    view() {
      const latest = fleet.view();
      if (!latest) {
        throw new ServiceUnavailableError(
          'The fleet is being read for the first time; try again in a few seconds',
        );
      }
      return latest;
    },
    async openIntents() {
      return new Map(
        (await changeRequests.listOpen()).map(({ intent, id }) => [intent, id]),
      );
    },
  };
}
