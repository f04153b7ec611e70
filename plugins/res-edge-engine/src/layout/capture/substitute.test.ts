import {
  parsePlaceholders,
  typedValue,
  clusterValueProblem,
} from './placeholder';
import { Manifest, substitute } from './substitute';

const values: Record<string, string> = {
  version: '1.0',
  n: '7',
  half: '2.5',
  yes: 'true',
  evil: 'x\n---\nkind: Secret # "\'{[',
  empty: '',
};

function fill(object: Manifest) {
  const whole = {
    apiVersion: 'v1',
    kind: 'X',
    metadata: { name: 'x' },
    ...object,
  };
  return substitute([whole], ({ scope, key }) =>
    scope === 'application' ? values[key] : undefined,
  );
}

describe('placeholders', () => {
  it.each([
    '${{ application }}',
    '${{ other.x }}',
    '${{application.x',
    '${{ application.x | string }}',
    '${{ application..x }}',
    '${{ application.x }',
    '${{ cluster.a/b }}',
    '${{ ${{ cluster.x }} }}',
    '${{ application.x\n}}',
    '${{ cluster.constructor() }}',
    'x ${{ cluster.a }} ${{',
    'x${{ application.x | number }}',
  ])('refuses %j', text =>
    expect(() => parsePlaceholders(text)).toThrow(/placeholder/),
  );

  it('takes a scalar apart', () => {
    expect(
      parsePlaceholders('a-${{cluster.x}}-${{ application.y.z }}'),
    ).toEqual([
      'a-',
      { scope: 'cluster', key: 'x', type: 'string' },
      '-',
      { scope: 'application', key: 'y.z', type: 'string' },
    ]);
    expect(parsePlaceholders('${{ cluster.x | number }}')).toEqual([
      { scope: 'cluster', key: 'x', type: 'number' },
    ]);
    expect(parsePlaceholders('$${ { } }')).toEqual(['$${ { } }']);
  });

  it('reads typed values strictly', () => {
    expect(typedValue('2.5', 'number')).toBe(2.5);
    expect(typedValue('false', 'boolean')).toBe(false);
    for (const value of ['', '0x1', '1e3', ' 1', 'NaN', '9'.repeat(40)]) {
      expect(() => typedValue(value, 'number')).toThrow('no number');
    }
    expect(() => typedValue('yes', 'boolean')).toThrow('no boolean');
    expect(clusterValueProblem('2.5', 'number')).toMatch('whole');
    expect(clusterValueProblem('-0', 'number')).toMatch('whole');
    expect(clusterValueProblem('-3', 'number')).toBeUndefined();
    expect(clusterValueProblem('True', 'boolean')).toMatch('no boolean');
  });
});

describe('substitute', () => {
  it('fills values in as scalars, whatever they hold', () => {
    const { objects, problems } = fill({
      image: 'imdb:${{ application.version }}',
      whole: '${{ application.evil }}',
      number: '${{ application.n | number }}',
      half: '${{ application.half | number }}',
      boolean: '${{ application.yes | boolean }}',
      text: '${{ application.n }}',
    });
    expect(problems).toEqual([]);
    expect(objects[0]).toMatchObject({
      image: 'imdb:1.0',
      whole: values.evil,
      number: 7,
      half: 2.5,
      boolean: true,
      text: '7',
    });
  });

  it('does not read placeholders in values', () => {
    values.nested = '${{ cluster.name }}';
    const { objects, places } = fill({ a: '${{ application.nested }}' });
    expect(objects[0].a).toBe('${{ cluster.name }}');
    expect(places).toEqual([]);
  });

  it('finds the places of a cluster, those of one scalar from right to left', () => {
    const { objects, places, problems } = fill({
      url: 'https://${{ cluster.host }}/${{ cluster.path }}/x',
      mixed: '${{ cluster.a }}-x/${{ cluster.b }}',
      whole: '${{ cluster.c | number }}',
      beside: '${{ application.empty }}${{ cluster.d }}',
    });
    expect(problems).toEqual([]);
    expect(
      places.map(({ key, segment, path }) => [key, path[0], segment]),
    ).toEqual([
      ['path', 'url', { delimiter: '/', index: 3 }],
      ['host', 'url', { delimiter: '/', index: 2 }],
      ['b', 'mixed', { delimiter: '/', index: 1 }],
      ['a', 'mixed', { delimiter: '-', index: 0 }],
      ['c', 'whole', undefined],
      ['d', 'beside', undefined],
    ]);
    const dummies = JSON.stringify(objects).match(/resedgedummy\d+z/g)!;
    expect(new Set(dummies).size).toBe(dummies.length);
    expect(typeof objects[0].whole).toBe('number');
  });

  it('takes a dummy that nothing else is called', () => {
    const { objects } = fill({ a: 'resedgedummy1z', b: '${{ cluster.x }}' });
    expect(objects[0]).toMatchObject({
      a: 'resedgedummy1z',
      b: 'resedgedummyy1z',
    });
  });

  it.each([
    [{ kind: '${{ cluster.x }}' }, 'kind'],
    [{ kind: '${{ application.version }}' }, 'kind'],
    [{ apiVersion: '${{ application.version }}' }, 'apiVersion'],
    [{ metadata: { name: 'x-${{ cluster.x }}' } }, 'metadata.name'],
    [
      { metadata: { name: 'x', namespace: '${{ cluster.x }}' } },
      'metadata.namespace',
    ],
    [{ data: { '${{ cluster.x }}': 'y' } }, 'data'],
    [{ data: { '${{ application.n }}': 'y' } }, 'data'],
    [{ data: { '8080': '${{ cluster.x }}' } }, 'data.8080'],
    [{ data: { 'a[0]': '${{ cluster.x }}' } }, 'data.a[0]'],
    [{ data: { a: 'x${{ cluster.x }}' } }, 'data.a'],
    [{ data: { a: '-${{ cluster.x }}/' } }, 'data.a'],
    [{ data: { a: '\n${{ cluster.x }}\n' } }, 'data.a'],
    [{ data: { a: '${{ cluster.x }}${{ cluster.y }}' } }, 'data.a'],
    [{ list: [{ a: '${{ application.unknown }}' }] }, 'list[0].a'],
    [{ a: '${{ application.version | boolean }}' }, 'a'],
    [{ a: '${{ application.constructor }}' }, undefined],
    [{ a: '${{ application.__proto__ }}' }, 'a'],
  ])('refuses %j, with its place', (object, field) => {
    const { problems } = fill(object);
    if (field === undefined) return;
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`', ${field}: `);
  });
});
