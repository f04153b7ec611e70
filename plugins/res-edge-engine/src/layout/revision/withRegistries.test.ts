import fc from 'fast-check';
import { imageFrom, withRegistries } from './withRegistries';

const RULES = [
  { from: 'docker.io/acme', to: 'registry.prod.example/acme' },
  { from: 'docker.io', to: 'registry.prod.example:5000/hub' },
  { from: 'docker.io/acme/special', to: 'localhost/special' },
];
const DIGEST = `sha256:${'a'.repeat(64)}`;

describe('imageFrom', () => {
  it.each([
    ['docker.io/acme/imdb:1.0', 'registry.prod.example/acme/imdb:1.0'],
    ['acme/imdb:1.0', 'registry.prod.example/acme/imdb:1.0'],
    [
      `acme/imdb:1.0@${DIGEST}`,
      `registry.prod.example/acme/imdb:1.0@${DIGEST}`,
    ],
    [`docker.io/acme@${DIGEST}`, `registry.prod.example/acme@${DIGEST}`],
    ['nginx', 'registry.prod.example:5000/hub/library/nginx'],
    ['acme/special:1', 'localhost/special:1'],
    // Only by whole parts of the name.
    ['docker.io/acme-labs/x', 'registry.prod.example:5000/hub/acme-labs/x'],
    ['docker.io:443/acme/x', 'docker.io:443/acme/x'],
    ['registry.example.com/acme/imdb', 'registry.example.com/acme/imdb'],
    ['localhost/acme/imdb', 'localhost/acme/imdb'],
  ])('of %s is %s', (image, expected) => {
    expect(imageFrom(image, RULES)).toBe(expected);
  });

  it('keeps tag and digest, and what no rule names', () => {
    const part = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
    const tag = fc.constantFrom('', ':1.0', `@${DIGEST}`, `:1@${DIGEST}`);
    fc.assert(
      fc.property(part, part, tag, (one, other, end) => {
        const rules = [{ from: `r.example/${one}`, to: 'q.example:1/x' }];
        expect(imageFrom(`r.example/${one}/${other}${end}`, rules)).toBe(
          `q.example:1/x/${other}${end}`,
        );
        const foreign = `s.example/${one}/${other}${end}`;
        expect(imageFrom(foreign, rules)).toBe(foreign);
      }),
    );
  });
});

describe('withRegistries', () => {
  const podOf = (...images: unknown[]) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'x', annotations: { image: 'acme/imdb' } },
    spec: {
      initContainers: [{ name: 'i', image: images[0] }, 'odd'],
      containers: images.map(image => ({ name: 'c', image })),
      volumes: [{ name: 'v', image: { reference: 'acme/imdb' } }],
    },
  });

  it('rewrites images of containers alone, and leaves what was captured', () => {
    const pod = podOf('acme/imdb', undefined);
    const before = JSON.stringify(pod);
    expect(withRegistries([pod], RULES, 'after')).toEqual([
      {
        ...pod,
        spec: {
          ...pod.spec,
          initContainers: [
            { name: 'i', image: 'registry.prod.example/acme/imdb' },
            'odd',
          ],
          containers: [
            { name: 'c', image: 'registry.prod.example/acme/imdb' },
            { name: 'c', image: undefined },
          ],
        },
      },
    ]);
    expect(JSON.stringify(pod)).toBe(before);
    expect(withRegistries([pod], [], 'after')).toEqual([pod]);
  });

  it('takes each image once: with a value of the cluster before it is filled in', () => {
    const tagged = 'acme/imdb:${{ cluster.tag }}';
    const whole = '${{ cluster.registry }}/acme/imdb';
    const pod = podOf(tagged, whole, 'acme/imdb', 'acme/imdb:resedgedummy1');
    const imagesOf = (when: 'before' | 'after') => {
      const [{ spec }] = withRegistries([pod], RULES, when);
      return (spec as typeof pod.spec).containers.map(({ image }) => image);
    };
    expect(imagesOf('before')).toEqual([
      'registry.prod.example/acme/imdb:${{ cluster.tag }}',
      ...[whole, 'acme/imdb', 'acme/imdb:resedgedummy1'],
    ]);
    expect(imagesOf('after').slice(2)).toEqual([
      'registry.prod.example/acme/imdb',
      'acme/imdb:resedgedummy1',
    ]);
  });
});
