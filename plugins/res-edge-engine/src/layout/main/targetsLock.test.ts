import { parse } from 'yaml';
import { cluster, group, namespace } from '../../__testUtils__/build';
import { Bitmap } from '../../bitmap';
import { Snapshot } from '../../snapshot';
import { renderTargetsLock } from './targetsLock';

function groupsOf(states: number, stores: number, more: string[] = []) {
  const names = Array.from({ length: states }, (_, i) => `geo.us.s${i}`);
  const snapshot = Snapshot.create({
    groups: [
      group('geo'),
      group('geo.us', 'geo'),
      group('ring'),
      ...names.map(name => group(name, 'geo.us')),
      ...names.map(name => group(`${name}.city`, name)),
    ],
    clusters: [
      ...names.flatMap(name =>
        Array.from({ length: stores }, (_, i) =>
          cluster(`${name.replaceAll('.', '-')}-${i}`, {
            groups: [`${name}.city`],
          }),
        ),
      ),
      ...more.map((name, i) => cluster(`more-${i}`, { groups: [name] })),
    ],
  });
  const text = renderTargetsLock(
    namespace('shop', { all: true }),
    snapshot,
    Bitmap.full(snapshot.size),
  );
  return parse(text).groups;
}

describe('targets.lock.yaml', () => {
  it('counts as far down as it stays a page to read', () => {
    expect(groupsOf(2, 3)).toEqual({
      'geo.us.s0.city': 3,
      'geo.us.s1.city': 3,
    });
    expect(groupsOf(61, 1)).toEqual({ 'geo.us': 61 });
  });

  it('counts every cluster of a hierarchy, those of inner groups too', () => {
    expect(groupsOf(2, 3, ['geo.us.s1', 'ring'])).toEqual({
      'geo.us.s0.city': 3,
      'geo.us.s1': 4,
      ring: 1,
    });
  });
});
