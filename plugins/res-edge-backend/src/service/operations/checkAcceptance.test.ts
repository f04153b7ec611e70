import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  createTestView,
  testFleetService,
  TestPolicy,
} from '../../__testUtils__';
import { checkAcceptance } from './checkAcceptance';

describe('accepting an application by merging it', () => {
  /** Somebody who may change everything but namespaces. */
  async function check(accepts?: object): Promise<void> {
    const view = createTestView();
    const namespaces = view.inventory.namespaces.map(namespace => ({
      ...namespace,
      spec: { ...namespace.spec, accepts },
    }));
    const policy = new TestPolicy();
    policy.decide = ({ name }) => ({
      result:
        name === 'res-edge.namespace.update'
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
    });
    const inventory = { ...view.inventory, namespaces };
    const access = await policy
      .accessFactory(testFleetService({ ...view, inventory }))
      .forCaller(mockCredentials.user(), ['res-edge.change-request.merge']);
    await checkAcceptance(access, 'edgeapplication:default/imdb');
    await checkAcceptance(access, 'edgegroup:default/geo');
  }

  it('takes nothing more where the owner of the namespace accepts it', async () => {
    await expect(check()).resolves.toBeUndefined();
    const owners = ['group:default/pos-team'];
    await expect(check({ owners })).resolves.toBeUndefined();
  });

  it('is for who may change the namespace alone, where he does not', async () => {
    const owners = ['group:default/other'];
    await expect(check({ owners })).rejects.toThrow('point-of-sale');
  });
});
