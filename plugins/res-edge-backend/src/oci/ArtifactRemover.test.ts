import {
  pushArtifact,
  REGISTRY_USER,
  TestRegistry,
} from '../__testUtils__/registry';
import { ArtifactRemover } from './ArtifactRemover';
import { RegistryError } from './RegistryError';

const NOT_LEFT = { isLeft: false };

describe('what removes artifacts from a real registry', () => {
  let registry: TestRegistry;

  const start = async (options: Parameters<typeof TestRegistry.create>[0]) => {
    registry = await TestRegistry.create(options);
  };
  const removerWith = (options = {}) =>
    ArtifactRemover.create({
      address: { host: registry.host, path: 'fleet' },
      ...{ insecure: true, firstWaitMilliseconds: 1 },
      ...options,
    });
  const push = (tag: string, content: string) =>
    pushArtifact(registry, 'fleet/a', tag, [
      { mediaType: 'text/plain', content: Buffer.from(content) },
    ]);

  afterEach(() => registry.close());

  it.each(['none', 'basic', 'token'] as const)(
    'finds what tags name, and deletes by digest, by authorization %s',
    async auth => {
      await start({ auth });
      const one = await push('one', 'x');
      const two = await push('two', 'y');
      await push('latest', 'y');
      const remover = removerWith({ credentials: REGISTRY_USER });
      const named = (but: string[], options = NOT_LEFT) =>
        remover.named('a', new Set(but), options);
      expect(await named([])).toEqual(new Set([one, two]));
      expect(await named(['one', 'two'])).toEqual(new Set([two]));
      expect(await named(['one', 'two'], { isLeft: true })).toEqual(new Set());
      await remover.remove('a', one);
      expect(await named([])).toEqual(new Set([two]));
      // It is gone already.
      await remover.remove('a', one);
      expect(await remover.named('b', new Set(), NOT_LEFT)).toEqual(new Set());
    },
  );

  it('says what the registry does not do', async () => {
    await start({ deletes: false });
    const digest = await push('one', 'x');
    const refused = await removerWith()
      .remove('a', digest)
      .catch(error => error);
    expect(refused).toBeInstanceOf(RegistryError);
    expect(refused.isRefusal()).toBe(true);
    expect(refused.message).toMatch(/ was answered with 405: UNSUPPORTED /);
  });

  it('says that who asks may not do it', async () => {
    await start({ auth: 'token' });
    const digest = await push('one', 'x');
    const refused = await removerWith()
      .remove('a', digest)
      .catch(error => error);
    expect(refused.isRefusal()).toBe(true);
  });

  it('reads all pages of tags, from nowhere else', async () => {
    await start({});
    const digests = new Set([await push('one', 'x'), await push('two', 'y')]);
    registry.fault = ({ path }) =>
      path === '/v2/fleet/a/tags/list'
        ? {
            status: 200,
            headers: {
              link: '<http://127.0.0.1:1/x?n=1&last=one>; rel="next"',
            },
            body: { tags: ['one'] },
          }
        : undefined;
    expect(await removerWith().named('a', new Set(), NOT_LEFT)).toEqual(
      digests,
    );
    expect(registry.asked('GET', /tags/)).toEqual([
      'GET /v2/fleet/a/tags/list',
      'GET /v2/fleet/a/tags/list?n=1&last=one',
    ]);
  });

  it.each([{ tags: 'one' }, { tags: [1] }, {}])(
    'takes %j for no list of tags',
    async body => {
      await start({});
      registry.fault = () => ({ status: 200, body });
      await expect(
        removerWith().named('a', new Set(), NOT_LEFT),
      ).rejects.toThrow(RegistryError);
    },
  );
});
