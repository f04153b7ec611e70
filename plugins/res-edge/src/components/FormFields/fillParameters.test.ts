import { fillParameters } from './fillParameters';

describe('fillParameters', () => {
  it('fills in what is given, and leaves out what is not', () => {
    expect(
      fillParameters(
        {
          action: 'create',
          metadata: { name: { parameter: 'name' }, title: { parameter: 'no' } },
          spec: {
            requires: [{ parameter: 'requires' }, { parameter: 'no' }],
            selector: { parameter: 'selector' },
            owner: { parameter: 'empty' },
            parameter: { parameter: 'toString' },
          },
        },
        {
          name: 'imdb',
          requires: 'true',
          selector: { groups: ['geo'] },
          empty: '',
        },
      ),
    ).toEqual({
      action: 'create',
      metadata: { name: 'imdb' },
      spec: { requires: ['true'], selector: { groups: ['geo'] } },
    });
  });
});
