import { InputError, NotFoundError } from '@backstage/errors';
import { SelectorError } from '@res-edge/backstage-plugin-res-edge-engine';
import { withPlaces } from './errorPlaces';

const get = { method: 'GET', query: { limit: '0' } };
const post = { method: 'POST', query: {} };

const place = (error: Error, request = post) =>
  (withPlaces(error, request) as { details?: { pointer: string }[] }).details;

describe('withPlaces', () => {
  it.each([
    [
      'request/query/limit must be >= 1',
      [{ pointer: 'query:limit', message: 'must be >= 1' }],
    ],
    [
      "request/query must have required property 'by'",
      [{ pointer: 'query:by', message: "must have required property 'by'" }],
    ],
    [
      "request/body must have required property 'digest', request/body/a/0 must be string",
      [
        { pointer: '', message: "must have required property 'digest'" },
        { pointer: '/a/0', message: 'must be string' },
      ],
    ],
    [
      'request/params/kind must be equal to one of the allowed values: EdgeCluster, EdgeGroup',
      [
        {
          pointer: 'path:kind',
          message:
            'must be equal to one of the allowed values: EdgeCluster, EdgeGroup',
        },
      ],
    ],
    [
      "Unknown query parameter 'colour'",
      [
        {
          pointer: 'query:colour',
          message: "Unknown query parameter 'colour'",
        },
      ],
    ],
  ])('reads what the validator says: %s', (message, details) => {
    expect(place(new InputError(message))).toEqual(details);
  });

  it('knows fields of parameters, bodies and selectors', () => {
    const of = (field: string) =>
      Object.assign(new InputError('is wrong'), { field });
    expect(place(of('filter'), get)).toEqual([
      { pointer: 'query:filter', message: 'is wrong' },
    ]);
    expect(place(of('by'))).toEqual([{ pointer: '/by', message: 'is wrong' }]);
    expect(
      place(new SelectorError('no such group', { field: 'groups[1]' })),
    ).toEqual([{ pointer: '/selector/groups/1', message: 'no such group' }]);
  });

  it('names the whole body where nothing says more, and leaves other errors alone', () => {
    const syntax = Object.assign(new SyntaxError('no JSON'), { status: 400 });
    expect(place(syntax)).toEqual([{ pointer: '', message: 'no JSON' }]);
    const known = [{ pointer: '/x', message: 'odd' }];
    expect(
      place(Object.assign(new InputError('odd'), { details: known })),
    ).toBe(known);
    expect(place(new NotFoundError('gone'))).toBeUndefined();
  });
});
