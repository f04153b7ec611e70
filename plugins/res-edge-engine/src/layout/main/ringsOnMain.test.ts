import { EdgeApplicationEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { application, rollout } from '../../__testUtils__/build';
import { Capture, FileMap } from '../../model';
import { renderApplicationSlice } from './applicationSlice';
import { renderPolicySlice } from './groupSlice';
import { readDecisions } from './readDecisions';
import { renderPromotion } from './ringsOnMain';

const RELEASE = 'apps/imdb/release.yaml';

function imdb(version: string, values = {}): EdgeApplicationEntity {
  const { entity } = application('imdb', { rollout: 'store-rings', version });
  return { ...entity, spec: { ...entity.spec, values } };
}

function capture(version: string): Capture {
  return {
    application: 'imdb',
    version,
    origin: 'file:x',
    digest: version,
    files: new Map([['kustomization.yaml', '']]),
    overrides: new Map(),
    requests: {},
    requires: [],
    dependsOn: [],
    clusterValues: [],
    clusterKeys: [],
    allowedKinds: [],
    problems: [],
  };
}

const policy = (...rings: string[]) =>
  renderPolicySlice(
    rollout(
      'store-rings',
      Object.fromEntries(rings.map(ring => [ring, { all: true }])),
    ),
  );

/** Main with what is asked for on top. */
const merged = (main: FileMap, ...more: FileMap[]): FileMap =>
  new Map([main, ...more].flatMap(files => [...files]));
const released = (main: FileMap, version: string, values = {}) => {
  const entity = imdb(version, values);
  return merged(main, renderApplicationSlice(entity, capture(version), main));
};
const promoted = (main: FileMap, ring: string, version: string) => {
  const { releases } = readDecisions(main).decisions.applications.get('imdb')!;
  const { digest } = releases.find(release => release.version === version)!;
  const { path, content } = renderPromotion(main, imdb(version), ring, digest);
  return merged(main, new Map([[path, content!]]));
};

/** The version of each ring, as main says. */
function versions(main: FileMap) {
  const { decisions, problems } = readDecisions(main);
  expect(problems).toEqual([]);
  const { releases, emptyRings = [] } = decisions.applications.get('imdb')!;
  return Object.fromEntries([
    ...releases.map(({ ring, version }) => [ring, version]),
    ...emptyRings.map(ring => [ring, undefined]),
  ]);
}

describe('the rings of release.yaml', () => {
  const empty = policy('beta', 'pilot', 'prod');
  const first = released(empty, '1.0.0');
  const everywhere = promoted(
    promoted(first, 'pilot', '1.0.0'),
    'prod',
    '1.0.0',
  );

  it('a new application comes to the first ring alone', () => {
    expect(versions(first)).toEqual({ beta: '1.0.0' });
    expect(String(first.get(RELEASE))).toMatch(
      /^rings:\n {2}beta: \S+ # 1\.0\.0\n {2}pilot: none\n {2}prod: none\nreleases:\n/,
    );
  });

  it('a promotion is one changed line, and so is the way back', () => {
    const next = released(everywhere, '1.1.0');
    expect(versions(next)).toEqual({
      beta: '1.1.0',
      pilot: '1.0.0',
      prod: '1.0.0',
    });
    const pilot = promoted(next, 'pilot', '1.1.0');
    const changed = (before: FileMap, after: FileMap) => {
      const lines = String(before.get(RELEASE)).split('\n');
      return String(after.get(RELEASE))
        .split('\n')
        .filter((line, index) => line !== lines[index]);
    };
    expect(changed(next, pilot)).toEqual([
      expect.stringMatching(/^ {2}pilot: \S+ # 1\.1\.0$/),
    ]);
    const back = promoted(pilot, 'pilot', '1.0.0');
    expect(back.get(RELEASE)).toBe(next.get(RELEASE));
  });

  it('keeps what rings had when a release started, and no more', () => {
    const second = released(everywhere, '1.1.0');
    const third = released(second, '1.2.0');
    // The first ring can go back to it.
    expect(versions(promoted(third, 'beta', '1.0.0')).beta).toBe('1.0.0');
    expect(String(third.get(RELEASE))).toContain('version: "1.1.0"');
    const fourth = released(third, '1.3.0');
    expect(String(fourth.get(RELEASE))).not.toContain('version: "1.1.0"');
    expect(versions(fourth)).toEqual({
      beta: '1.3.0',
      pilot: '1.0.0',
      prod: '1.0.0',
    });
  });

  it('a value is a release, too; and what is there already changes nothing', () => {
    const next = released(everywhere, '1.0.0', { banner: 'hi' });
    const { releases } =
      readDecisions(next).decisions.applications.get('imdb')!;
    expect(releases.map(({ values }) => values)).toEqual([
      { banner: 'hi' },
      {},
      {},
    ]);
    expect(released(next, '1.0.0', { banner: 'hi' }).get(RELEASE)).toBe(
      next.get(RELEASE),
    );
  });

  it('a ring that is new takes what the next one has, or else the one before', () => {
    const next = released(everywhere, '1.1.0');
    const added = merged(next, policy('beta', 'early', 'prod', 'late'));
    expect(versions(released(added, '1.2.0'))).toEqual({
      beta: '1.2.0',
      early: '1.0.0',
      prod: '1.0.0',
      late: '1.0.0',
    });
    const renamed = merged(next, policy('one', 'two'));
    expect(versions(released(renamed, '1.2.0'))).toEqual({
      one: '1.2.0',
      two: '1.0.0',
    });
  });

  it.each([
    ['there is no such policy', new Map(), /there is no rollout 'store-rings'/],
    [
      'it is of another type',
      new Map([
        [
          'policies/store-rings.yaml',
          'apiVersion: res-edge.io/v1alpha1\nkind: EdgePolicy\nmetadata: { name: store-rings }\nspec: { type: window, allow: [{ hours: closed }] }\n',
        ],
      ]),
      /is of type window/,
    ],
    [
      'what main has cannot be read',
      merged(empty, new Map([[RELEASE, 'rings: []']])),
      /spec\.rollout: what its rings have reached cannot be read/,
    ],
  ])('asks for nothing where %s', (_, main, message) => {
    expect(() => released(main, '1.0.0')).toThrow(message);
  });

  it.each([
    ['nowhere', '1.0.0', "has no ring 'nowhere'"],
    ['beta', 'other', "holds no release 'other'"],
  ])('promotes neither to %s nor to release %s', (ring, digest, message) => {
    expect(() =>
      renderPromotion(everywhere, imdb('1.0.0'), ring, digest),
    ).toThrow(message);
  });
});
