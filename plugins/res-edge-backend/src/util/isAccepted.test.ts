import {
  EdgeApplicationEntity,
  EdgeNamespaceEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { isAccepted } from './isAccepted';

const apiVersion = 'res-edge.io/v1alpha1';
const own = 'group:default/bar';
const other = 'group:default/music';

function application(owner: string, namespace?: string): EdgeApplicationEntity {
  const source = { path: './jukebox' };
  return {
    ...{ apiVersion, kind: 'EdgeApplication', metadata: { name: 'jukebox' } },
    spec: { owner, namespace, source, version: '1' },
  };
}

function namespaces(accepts?: object): EdgeNamespaceEntity[] {
  return [
    {
      ...{ apiVersion, kind: 'EdgeNamespace', metadata: { name: 'bar' } },
      spec: { owner: own, accepts },
    },
  ];
}

describe('isAccepted', () => {
  it.each([
    ['its own owner, where nothing is said', own, undefined, true],
    ['another owner, where nothing is said', other, undefined, false],
    ['an owner that is named', other, { owners: [other] }, true],
    ['an owner that is not', own, { owners: [other] }, false],
    [
      'an application that is named, of any owner',
      other,
      { applications: ['jukebox'] },
      true,
    ],
    ['one that is not', own, { applications: ['darts'] }, false],
    [
      'one of which the name is named and the owner not',
      other,
      { owners: [own], applications: ['jukebox'] },
      false,
    ],
    [
      'nobody, where the lists are empty',
      own,
      { owners: [], applications: [] },
      false,
    ],
  ])('is for %s', (_, owner, accepts, expected) => {
    const found = { namespaces: namespaces(accepts) };
    expect(isAccepted(application(owner, 'bar'), found)).toBe(expected);
  });

  it('has nothing to say where nothing is placed, and refuses what names no namespace that there is', () => {
    expect(isAccepted(application(other), { namespaces: [] })).toBe(true);
    expect(isAccepted(application(own, 'bar'), { namespaces: [] })).toBe(false);
    expect(isAccepted(namespaces()[0], { namespaces: [] })).toBe(true);
  });
});
