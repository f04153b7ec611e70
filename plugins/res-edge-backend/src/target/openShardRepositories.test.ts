import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { openShardRepositories } from './openShardRepositories';

const INTEGRATIONS = { gitea: [{ host: 'git.example.org' }] };

function open(shardRepositories?: string) {
  const config = new ConfigReader({
    integrations: INTEGRATIONS,
    resEdge: { delivery: { shardRepositories } },
  });
  return openShardRepositories(config, ScmIntegrations.fromConfig(config));
}

describe('openShardRepositories', () => {
  it('has none where none are asked for, and one for each shard', () => {
    expect(open()).toBeUndefined();
    const remoteOf = open('https://git.example.org/fleet/{shard}')!;
    expect(remoteOf('shard-007')).toMatchObject({
      url: 'https://git.example.org/fleet/shard-007',
    });
  });

  it.each([
    ['https://git.example.org/fleet', 'the address needs {shard}'],
    ['https://git.example.org/fleet?x={shard}', 'a query or a fragment'],
    ['https://{shard}.example.org/fleet', 'is no host of a configured'],
    ['https://elsewhere.example.org/{shard}', 'is no host of a configured'],
    ['http://git.example.org/{shard}', "'http:' is not allowed"],
  ])('refuses %s', (address, message) => {
    expect(() => open(address)).toThrow('resEdge.delivery.shardRepositories: ');
    expect(() => open(address)).toThrow(message);
  });
});
