import { ClusterInventoryProvider } from '@res-edge/backstage-plugin-res-edge-node';
import { ProviderList } from './ProviderList';

function provider(name: string): ClusterInventoryProvider {
  return { getProviderName: () => name, async *readClusters() {} };
}

describe('ProviderList', () => {
  it('takes each name once, and only names', () => {
    const list = ProviderList.create();
    list.add(provider('azure-arc'));
    list.add(provider('b'));
    expect(() => list.add(provider('azure-arc'))).toThrow(
      "There are two providers 'azure-arc'",
    );
    for (const name of ['', 'A', 'a:b', '-a', 'x'.repeat(64)]) {
      expect(() => list.add(provider(name))).toThrow(
        /is no name of a provider/,
      );
    }
  });
});
