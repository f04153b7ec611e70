import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { JsonObject } from '@backstage/types';
import { openEnvironmentRepositories } from './openEnvironmentRepositories';

const INTEGRATIONS = { gitea: [{ host: 'git.example.org' }] };
const PROD = { name: 'prod', url: 'https://git.example.org/fleet/prod' };

function open(list?: JsonObject[]) {
  const config = new ConfigReader({
    integrations: INTEGRATIONS,
    resEdge: {
      git: { type: 'git', url: 'https://git.example.org/fleet/all.git' },
      delivery: { environmentRepositories: list },
    },
  });
  return openEnvironmentRepositories(
    config,
    ScmIntegrations.fromConfig(config),
  );
}

describe('openEnvironmentRepositories', () => {
  it('has those that are configured, each for the clusters of its name where it names none', () => {
    expect(open()).toEqual([]);
    const test = {
      name: 'test',
      environments: ['dev', 'qa'],
      url: 'https://git.example.org/fleet/test/',
    };
    expect(open([PROD, test])).toMatchObject([
      { name: 'prod', environments: ['prod'], remote: { url: PROD.url } },
      {
        ...{ name: 'test', environments: ['dev', 'qa'] },
        remote: { url: 'https://git.example.org/fleet/test' },
      },
    ]);
  });

  it.each([
    [{ ...PROD, name: '../x' }, '[0].name: "../x" is not allowed'],
    [{ ...PROD, name: 'shard' }, '[0].name: "shard" is not allowed'],
    [{ ...PROD, name: 'prod-001' }, '[0].name: "prod-001" is not allowed'],
    [{ ...PROD, environments: ['__proto__'] }, "'__proto__' is not allowed"],
    [
      { ...PROD, url: 'https://git.example.org/fleet/all' },
      'that of resEdge.git',
    ],
    [{ ...PROD, url: 'https://elsewhere.example.org/x' }, 'is no host of a'],
    [{ ...PROD, url: 'http://git.example.org/x' }, "'http:' is not allowed"],
  ])('refuses %j', (environment, message) => {
    expect(() => open([environment])).toThrow(
      'resEdge.delivery.environmentRepositories',
    );
    expect(() => open([environment])).toThrow(message);
  });

  it('refuses what stands there twice', () => {
    const other = { name: 'other', url: 'https://git.example.org/fleet/other' };
    expect(() => open([PROD, PROD])).toThrow("[1].name: 'prod' stands there");
    expect(() => open([PROD, { ...other, environments: ['prod'] }])).toThrow(
      "[1].environments: 'prod' belongs to 'prod' already",
    );
    expect(() => open([PROD, { ...other, url: PROD.url }])).toThrow(
      "[1].url: it is the repository of 'prod' already",
    );
  });
});
