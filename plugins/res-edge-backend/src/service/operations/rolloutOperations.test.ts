import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  createTestRollouts,
  createTestStatus,
  createTestView,
  testFleetService,
  TestPolicy,
} from '../../__testUtils__';
import { OperationOptions } from './Operations';
import { rolloutOperations } from './rolloutOperations';

/** What somebody reads of a rollout. */
async function read(options: { mayUpdate: boolean; isLatest?: boolean }) {
  const view = createTestView();
  const fleet = testFleetService(view);
  const policy = new TestPolicy();
  policy.decide = ({ name }) => ({
    result:
      name === 'res-edge.application.update' && !options.mayUpdate
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW,
  });
  const access = await policy
    .accessFactory(fleet)
    .forCaller(mockCredentials.user(), ['res-edge.application.read']);
  const rollouts = createTestRollouts();
  const latest = options.isLatest === false ? async () => [] : rollouts.latest;
  const operations = rolloutOperations({
    ...{ fleet, status: createTestStatus({ view }) },
    rollouts: { ...rollouts, latest },
  } as Partial<OperationOptions> as OperationOptions);
  return operations.getRollout({
    ...{ path: { id: 'r1' }, query: {}, body: {}, access },
  });
}

describe('what can be asked of a rollout', () => {
  it('is what its state allows', async () => {
    const rollout = await read({ mayUpdate: true });
    expect(rollout.commands).toEqual([
      ...['pause', 'promote', 'skip', 'abort', 'roll-back'],
    ]);
    expect(rollout).not.toHaveProperty('commandsBlocked');
  });

  it('is nothing for those who may not change the application', async () => {
    const { commands, commandsBlocked } = await read({ mayUpdate: false });
    expect(commands).toEqual([]);
    expect(commandsBlocked).toMatch(/imdb/);
  });

  it('is nothing where a newer one took its place', async () => {
    expect(await read({ mayUpdate: true, isLatest: false })).toMatchObject({
      commands: [],
      commandsBlocked: "A newer rollout of 'imdb' took its place",
    });
  });
});
