import { mockServices } from '@backstage/backend-test-utils';
import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import {
  ClusterInventoryProvider,
  ProvidedCluster,
} from '@res-edge/backstage-plugin-res-edge-node';
import { InventoryChange } from '../database';
import { ProviderSync } from './ProviderSync';

const unchanged: InventoryChange = {
  added: 0,
  changed: 0,
  removed: 0,
  conflicts: [],
  revision: 1,
};

function createSync(read: () => AsyncGenerator<ProvidedCluster>) {
  const provider: ClusterInventoryProvider = {
    getProviderName: () => 'cloud',
    readClusters: read,
  };
  const inventory = {
    replaceFromOrigin: jest.fn(async (..._: unknown[]) => unchanged),
  };
  const problems = {
    replace: jest.fn(async (_: string, __: readonly Problem[]) => false),
  };
  const onChange = jest.fn();
  const sync = ProviderSync.create({
    provider,
    inventory,
    problems,
    logger: mockServices.logger.mock(),
    onChange,
  });
  const { signal } = new AbortController();
  return { run: () => sync.sync(signal), inventory, problems, onChange };
}

describe('ProviderSync', () => {
  it('takes what is right, and tells of the rest', async () => {
    const { run, inventory, problems, onChange } = createSync(
      async function* read() {
        yield { metadata: { name: 'a' }, spec: { environment: 'prod' } };
        yield { metadata: { name: 'Not A Name' }, spec: {} };
        yield { metadata: { name: 'a' }, spec: {} };
      },
    );
    inventory.replaceFromOrigin.mockResolvedValueOnce({
      ...unchanged,
      added: 1,
      revision: 2,
    });
    await run();
    expect(inventory.replaceFromOrigin).toHaveBeenCalledWith(
      { type: 'provider', location: 'cloud' },
      [
        {
          entity: {
            apiVersion: 'res-edge.io/v1alpha1',
            kind: 'EdgeCluster',
            metadata: { name: 'a', namespace: 'default' },
            spec: { environment: 'prod' },
          },
        },
      ],
      { actor: 'provider:cloud', operation: 'sync' },
    );
    expect(problems.replace).toHaveBeenCalledWith('provider:cloud', [
      {
        entity: 'edgecluster:default/not a name',
        field: 'metadata.name',
        message: expect.stringMatching(
          /^has no effect: the provider 'cloud' gives it so: must be a DNS-1123/,
        ),
      },
      {
        entity: 'edgecluster:default/a',
        field: 'metadata.name',
        message: expect.stringMatching(/is given in record 1 already/),
      },
    ]);
    expect(onChange).toHaveBeenCalledWith(2);
  });

  it('says nothing where nothing changed, and tells of other problems', async () => {
    const { run, problems, onChange } = createSync(async function* read() {
      yield { metadata: { name: 'a' }, spec: {} };
    });
    await run();
    expect(onChange).not.toHaveBeenCalled();
    problems.replace.mockResolvedValueOnce(true);
    await run();
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  it('changes nothing where it cannot read to the end', async () => {
    const { run, inventory, problems } = createSync(async function* read() {
      yield { metadata: { name: 'a' }, spec: {} };
      throw new Error('half-way');
    });
    await expect(run()).rejects.toThrow('half-way');
    expect(inventory.replaceFromOrigin).not.toHaveBeenCalled();
    expect(problems.replace).not.toHaveBeenCalled();
  });
});
