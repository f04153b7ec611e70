import { EdgeEntityError } from './EdgeEntityError';
import { EdgeKind } from './types';
import { entity, policySpecs, specs } from './__testUtils__/samples';
import { EDGE_ENTITY_SCHEMAS, validateEdgeEntity } from './validateEdgeEntity';

function errorOf(value: unknown): string {
  try {
    validateEdgeEntity(value);
  } catch (error) {
    expect(error).toBeInstanceOf(EdgeEntityError);
    expect((error as Error).name).toBe('InputError');
    return (error as Error).message;
  }
  throw new Error('accepted');
}

describe('validateEdgeEntity', () => {
  describe.each([
    ...Object.entries(specs).map(([kind, spec]) => ({
      name: kind,
      kind: kind as EdgeKind,
      spec: spec as Record<string, unknown>,
      schema: EDGE_ENTITY_SCHEMAS[kind as EdgeKind].properties.spec,
    })),
    ...Object.entries(policySpecs).map(([type, spec], index) => ({
      name: `EdgePolicy of type ${type}`,
      kind: 'EdgePolicy' as const,
      spec: spec as Record<string, unknown>,
      schema: EDGE_ENTITY_SCHEMAS.EdgePolicy.properties.spec.allOf[index].then,
    })),
  ])('$name', ({ kind, spec, schema }) => {
    it('accepts every field of its type, and the schema has no other', () => {
      const complete = { ...entity(kind), spec };
      expect(validateEdgeEntity(complete)).toBe(complete);
      // An override has either lifts or pins.
      const fields = Object.keys(schema.properties).filter(
        field => field !== 'pins',
      );
      expect(fields).toEqual(Object.keys(spec));
    });

    it('needs just the fields that the schema names', () => {
      const least = Object.fromEntries(
        (schema.required as string[]).map(field => [field, spec[field]]),
      );
      // A window and an override need one of two fields.
      const whole: Record<string, unknown> = {
        ...least,
        ...(spec.allow ? { allow: spec.allow } : {}),
        ...(spec.lifts ? { lifts: spec.lifts } : {}),
      };
      validateEdgeEntity({ ...entity(kind), spec: whole });
      for (const field of schema.required as string[]) {
        const { [field]: _, ...rest } = whole;
        expect(errorOf({ ...entity(kind), spec: rest })).toBe(
          `spec.${field}: is required`,
        );
      }
    });

    it('refuses unknown fields and foreign envelopes', () => {
      expect(errorOf(entity(kind, { extra: 1 }))).toMatch(
        /^spec\.extra: unknown field; allowed are /,
      );
      expect(errorOf({ ...entity(kind), extra: 1 })).toMatch(
        /^extra: unknown field/,
      );
      expect(errorOf({ ...entity(kind), apiVersion: 'v1' })).toBe(
        'apiVersion: must be "res-edge.io/v1alpha1", got "v1"',
      );
      expect(
        errorOf({
          ...entity(kind),
          metadata: { name: 'a', namespace: 'other' },
        }),
      ).toBe('metadata.namespace: must be "default" or left out, got "other"');
      expect(errorOf({ ...entity(kind), spec: undefined })).toBe(
        'spec: is required',
      );
    });

    it.each([
      '../../x',
      'a/b',
      'A',
      '',
      'a.',
      '-a',
      'é',
      'e\u0301',
      'x'.repeat(64),
    ])('refuses the name %j', name => {
      expect(errorOf({ ...entity(kind), metadata: { name } })).toMatch(
        /^metadata\.name: must be a DNS-1123 (label|subdomain): .*, got "/,
      );
    });
  });

  it('accepts what the catalog adds', () => {
    const served = {
      ...entity('EdgeCluster'),
      metadata: { name: 'a', uid: 'u', etag: 'e' },
      relations: [{ type: 'partOf', targetRef: 'edgegroup:default/geo' }],
      status: { items: [] },
    };
    expect(validateEdgeEntity(served)).toBe(served);
  });

  it.each([
    ['EdgeCluster', 'default'],
    ['EdgeNamespace', 'kube-system'],
    ['EdgeApplication', 'cluster-values'],
    ['EdgeApplication', 'argocd'],
    ['EdgeCluster', 'flux-system'],
  ] as const)('reserves names: %s %s', (kind, name) => {
    expect(errorOf({ ...entity(kind), metadata: { name } })).toBe(
      `metadata.name: must be a name that is not reserved (default, kube-*, flux-system, argocd, cluster-values), got "${name}"`,
    );
  });

  it('keeps prefixed names within a Kubernetes label', () => {
    const metadata = { name: 'x'.repeat(61) };
    validateEdgeEntity({ ...entity('EdgeCluster'), metadata });
    expect(errorOf({ ...entity('EdgeNamespace'), metadata })).toMatch('60');
    expect(errorOf({ ...entity('EdgeApplication'), metadata })).toMatch('59');
  });

  it('allows subdomains for groups and policies alone', () => {
    const metadata = { name: 'geo.us.tx' };
    validateEdgeEntity({ ...entity('EdgeGroup'), metadata });
    validateEdgeEntity({ ...entity('EdgePolicy'), metadata });
    expect(errorOf({ ...entity('EdgeCluster'), metadata })).toMatch(
      'DNS-1123 label',
    );
  });

  it.each<[EdgeKind, object, string]>([
    [
      'EdgeCluster',
      { groups: ['geo', 5] },
      'spec.groups[1]: must be a DNS-1123 subdomain: at most 63 of a-z, 0-9, "-" and ".", a letter or digit first and last in each part, got 5',
    ],
    [
      'EdgeCluster',
      { groups: ['geo', 'geo'] },
      'spec.groups[1]: "geo" stands here twice',
    ],
    [
      'EdgeCluster',
      { groups: null },
      'spec.groups: must be a list, got nothing',
    ],
    [
      'EdgeCluster',
      { state: 'gone' },
      'spec.state: must be one of provisioning, active, draining, retired, got "gone"',
    ],
    [
      'EdgeCluster',
      { capacity: { cpu: 2 } },
      'spec.capacity.cpu: must be a Kubernetes quantity in quotes, such as "250m" or "64Mi", got 2',
    ],
    [
      'EdgeCluster',
      { values: { 'pos host': 'x' } },
      'spec.values: the key "pos host" must be a key of at most 63 letters, digits, "-", "_" and ".", a letter or digit first and last',
    ],
    [
      'EdgeCluster',
      { values: { name: 'x' } },
      'spec.values: the key "name" must be a key that placeholders do not know already (name, environment, timeZone, labels.*, attributes.*)',
    ],
    [
      'EdgeCluster',
      { attributes: { a: { b: 1 } } },
      'spec.attributes.a: must be a string of at most 1024 characters, a number of at most 9007199254740991, a boolean or a list of at most 1000 strings, got a mapping',
    ],
    [
      'EdgeCluster',
      { attributes: { lanes: Number.POSITIVE_INFINITY } },
      'spec.attributes.lanes: must be a string of at most 1024 characters, a number of at most 9007199254740991, a boolean or a list of at most 1000 strings, got Infinity',
    ],
    [
      'EdgeCluster',
      { attributes: { serial: Number('9007199254740993') } },
      'spec.attributes.serial: must be a string of at most 1024 characters, a number of at most 9007199254740991, a boolean or a list of at most 1000 strings, got 9007199254740992',
    ],
    [
      'EdgeCluster',
      { timeZone: 'Mars/Olympus' },
      'spec.timeZone: must be an IANA time zone such as America/Chicago, got "Mars/Olympus"',
    ],
    [
      'EdgeCluster',
      { hours: { monday: '06:00-23:00' } },
      'spec.hours: the key "monday" must be a day or a range of days such as mon-fri',
    ],
    [
      'EdgeCluster',
      { hours: { mon: '6-23' } },
      'spec.hours.mon: must be hours such as "06:00-23:00", got "6-23"',
    ],
    [
      'EdgeGroup',
      { precedence: 1.5 },
      'spec.precedence: must be a whole number from -1000000 to 1000000, got 1.5',
    ],
    [
      'EdgeNamespace',
      { selector: {} },
      'spec.selector: must be a selector: a mapping with at least one part, or a string; the whole fleet is "all: true", got an empty mapping',
    ],
    [
      'EdgeNamespace',
      { selector: ' ' },
      'spec.selector: must be an expression of 1 to 16384 characters, got " "',
    ],
    [
      'EdgeNamespace',
      { selector: ['a'] },
      'spec.selector: must be a selector: a mapping with at least one part, or a string; the whole fleet is "all: true", got a list of 1',
    ],
    [
      'EdgeNamespace',
      { selector: { all: false } },
      'spec.selector.all: must be true, or left out, got false',
    ],
    [
      'EdgeNamespace',
      {
        selector: {
          matchExpressions: [{ key: 'a', operator: 'Gt', values: ['2'] }],
        },
      },
      'spec.selector.matchExpressions[0].values[0]: must be a number for Gt, Ge, Lt and Le, got "2"',
    ],
    [
      'EdgeNamespace',
      { selector: { matchExpressions: [{ key: 'a', operator: 'In' }] } },
      'spec.selector.matchExpressions[0].values: is required',
    ],
    [
      'EdgeNamespace',
      {
        selector: {
          matchExpressions: [{ key: 'a', operator: 'Exists', values: ['b'] }],
        },
      },
      'spec.selector.matchExpressions[0].values: must be left out for Exists and DoesNotExist, got a list of 1',
    ],
    [
      'EdgeNamespace',
      { selector: { matchLabels: { 'a b': 'x' } } },
      'spec.selector.matchLabels: the key "a b" must be a label key as in Kubernetes: an optional DNS prefix and "/", then at most 63 letters, digits, "-", "_" and "."',
    ],
    [
      'EdgeApplication',
      { version: 1.1 },
      'spec.version: must be a version in quotes: at most 63 letters, digits, ".", "_", "+" and "-", a letter or digit first and last, got 1.1',
    ],
    [
      'EdgeApplication',
      { version: '../1' },
      'spec.version: must be a version in quotes: at most 63 letters, digits, ".", "_", "+" and "-", a letter or digit first and last, got "../1"',
    ],
    [
      'EdgeApplication',
      { source: { path: '/etc' } },
      'spec.source.path: must be a path relative to this file, such as ./apps/imdb: not absolute, no "\\", no ":", got "/etc"',
    ],
    [
      'EdgeApplication',
      { owner: 'a b' },
      'spec.owner: must be an entity reference such as group:default/pos-team, got "a b"',
    ],
    [
      'EdgeApplication',
      { values: { port: 80 } },
      'spec.values.port: must be a string of at most 4096 characters (numbers and booleans go in quotes), got 80',
    ],
    [
      'EdgePolicy',
      { type: 'curfew' },
      'spec.type: must be one of prohibition, window, freeze, override, approval, rollout, got "curfew"',
    ],
    [
      'EdgePolicy',
      { reference: 'data:text/html,x' },
      'spec.reference: must be a link that begins with https:// or http://, got "data:text/html,x"',
    ],
  ])('%s: %j', (kind, change, message) => {
    expect(errorOf(entity(kind, change))).toBe(message);
  });

  it.each(['__proto__', 'constructor', 'prototype'])(
    'refuses the key %s wherever keys are free',
    key => {
      const map = JSON.parse(`{"${key}": "x"}`);
      expect(errorOf(entity('EdgeCluster', { values: map }))).toMatch(
        `spec.values: the key "${key}" must be`,
      );
      expect(errorOf(entity('EdgeCluster', { attributes: map }))).toMatch(
        `spec.attributes: the key "${key}" must be`,
      );
      expect(
        errorOf({
          ...entity('EdgeCluster'),
          metadata: { name: 'a', labels: map },
        }),
      ).toMatch(`metadata.labels: the key "${key}" must be`);
      expect(
        errorOf({
          ...entity('EdgeCluster'),
          spec: JSON.parse(`{"${key}": {}}`),
        }),
      ).toMatch(`spec.${key}: unknown field`);
    },
  );

  it('is quick to refuse what is too large, and shows little of it', () => {
    const message = errorOf(
      entity('EdgeNamespace', {
        selector: { expression: 'true && '.repeat(100000) },
      }),
    );
    expect(message).toMatch(/16384 characters, got "true .*… \(800002 char/);
    expect(message.length).toBeLessThan(250);
    expect(
      errorOf(
        entity('EdgeNamespace', {
          selector: {
            include: Array.from({ length: 10001 }, (_, i) => `c${i}`),
          },
        }),
      ),
    ).toBe(
      'spec.selector.include: must be a list of at most 10000, got a list of 10001',
    );
  });

  it.each([undefined, null, 'EdgeCluster', [], 5])('refuses %j', value => {
    expect(errorOf(value)).toBe('an entity must be a mapping');
  });

  it('refuses foreign kinds', () => {
    expect(errorOf({ kind: 'Component' })).toBe(
      'kind: must be one of EdgeCluster, EdgeGroup, EdgeNamespace, EdgeApplication, EdgePolicy',
    );
  });
});
