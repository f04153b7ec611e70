import {
  APPROVAL_SUBJECTS,
  ApprovalSpec,
  ApprovalStep,
  FreezeSpec,
  PolicyException,
  PolicySpec,
  ProhibitionSpec,
  RolloutRing,
  RolloutSpec,
  WindowPeriod,
  WindowSpec,
} from '../types';
import { OverrideSpec, ReleasePinSpec } from '../overrideTypes';
import { entitySchema } from './envelope';
import { gates } from './gates';
import { JsonSchema, strictObject } from './JsonSchema';
import { applicationSelector, selector } from './selectors';
import {
  dnsLabel,
  dnsSubdomain,
  entityRef,
  list,
  text,
  version,
  word,
} from './strings';
import { duration, pointInTime, timeZone } from './times';

const owner = entityRef('group:default/legal');

const prohibition = strictObject<ProhibitionSpec>({
  properties: {
    type: { const: 'prohibition' },
    owner,
    applications: applicationSelector,
    clusters: selector,
    reason: text(1024),
    reference: {
      type: 'string',
      maxLength: 2048,
      pattern: '^https?://[^\\s]+$',
      description: 'a link that begins with https:// or http://',
    },
  },
  required: { type: true, applications: true, clusters: true, reason: true },
});

const period = strictObject<WindowPeriod>({
  properties: {
    hours: { type: 'string', enum: ['open', 'closed'] },
    cron: text(200),
    rrule: text(500),
    duration,
    timeZone,
  },
  required: {},
  rules: {
    oneOf: [
      {
        required: ['hours'],
        not: {
          anyOf: [{ required: ['duration'] }, { required: ['timeZone'] }],
        },
      },
      { required: ['cron', 'duration'] },
      { required: ['rrule', 'duration'] },
    ],
    description:
      'a period: either hours, or cron with a duration, or rrule with a duration',
  },
});

const periods: JsonSchema = {
  type: 'array',
  items: period,
  minItems: 1,
  maxItems: 50,
};

const window = strictObject<WindowSpec>({
  properties: {
    type: { const: 'window' },
    owner,
    allow: periods,
    deny: periods,
    minimum: duration,
    onCluster: { type: 'boolean' },
  },
  required: { type: true },
  rules: {
    anyOf: [{ required: ['allow'] }, { required: ['deny'] }],
    description: 'a window with allow, deny or both',
  },
});

const exception = strictObject<PolicyException>({
  properties: { applications: applicationSelector, clusters: selector },
  required: {},
  rules: {
    minProperties: 1,
    description: 'an exception with applications, clusters or both',
  },
});

const freeze = strictObject<FreezeSpec>({
  properties: {
    type: { const: 'freeze' },
    owner,
    applications: applicationSelector,
    clusters: selector,
    start: pointInTime,
    end: pointInTime,
    timeZone,
    except: { type: 'array', items: exception, minItems: 1, maxItems: 100 },
    reason: text(1024),
  },
  required: {
    type: true,
    clusters: true,
    start: true,
    end: true,
    reason: true,
  },
});

const override = strictObject<OverrideSpec>({
  properties: {
    type: { const: 'override' },
    owner,
    lifts: list(dnsSubdomain, 100, 1),
    pins: strictObject<ReleasePinSpec>({
      properties: { version },
      required: { version: true },
    }),
    applications: applicationSelector,
    clusters: selector,
    start: pointInTime,
    end: pointInTime,
    timeZone,
    reason: text(1024),
  },
  required: {
    type: true,
    clusters: true,
    end: true,
    reason: true,
  },
  rules: {
    oneOf: [{ required: ['lifts'] }, { required: ['pins', 'applications'] }],
    description: 'either lifts, or pins with applications',
  },
});

const approver: JsonSchema = {
  type: 'string',
  maxLength: 200,
  pattern:
    '^(?:(?:user|group):)?(?:[a-z0-9][-a-z0-9]*/)?[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$',
  description:
    'a reference to a group or a user such as group:default/store-operations',
};

const approval = strictObject<ApprovalSpec>({
  properties: {
    type: { const: 'approval' },
    owner,
    steps: {
      type: 'array',
      items: strictObject<ApprovalStep>({
        properties: {
          from: list(approver, 50, 1),
          count: { type: 'integer', minimum: 1, maximum: 20 },
        },
        required: { from: true },
      }),
      minItems: 1,
      maxItems: 10,
    },
    requiredFor: list(
      { type: 'string', enum: [...APPROVAL_SUBJECTS] },
      APPROVAL_SUBJECTS.length,
      1,
    ),
    environments: list(word, 50, 1),
    selfApproval: { type: 'boolean' },
    validFor: duration,
  },
  required: { type: true, steps: true },
});

/** So many clusters, or a share of them. */
const amount = (minimum: number): JsonSchema => ({
  anyOf: [
    { type: 'integer', minimum, maximum: 1000000 },
    { type: 'string', pattern: '^(?:100|[0-9]{1,2})%$' },
  ],
  description: `a whole number from ${minimum}, or a share in quotes such as "5%"`,
});

const ring = strictObject<RolloutRing>({
  properties: {
    name: dnsLabel(63),
    clusters: selector,
    atOnce: amount(1),
    success: amount(1),
    failure: amount(0),
    soak: duration,
    batchDelay: duration,
    deferAfter: duration,
    approval: { type: 'boolean' },
    gates,
  },
  required: { name: true, clusters: true },
});

const rollout = strictObject<RolloutSpec>({
  properties: {
    type: { const: 'rollout' },
    owner,
    rings: { type: 'array', items: ring, minItems: 1, maxItems: 50 },
    onFailure: { type: 'string', enum: ['stop', 'rollBack'] },
    together: { type: 'boolean' },
  },
  required: { type: true, rings: true },
});

const SPECS: Record<PolicySpec['type'], JsonSchema> = {
  prohibition,
  window,
  freeze,
  override,
  approval,
  rollout,
};

/** The JSON Schema of an EdgePolicy: which fields there are depends on its type. @public */
export const edgePolicySchema: JsonSchema = entitySchema(
  'EdgePolicy',
  dnsSubdomain,
  {
    type: 'object',
    properties: { type: { type: 'string', enum: Object.keys(SPECS) } },
    required: ['type'],
    allOf: Object.entries(SPECS).map(([type, then]) => ({
      if: { required: ['type'], properties: { type: { const: type } } },
      then,
    })),
  },
);
