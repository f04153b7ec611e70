import {
  GATE_OPERATORS,
  HealthGate,
  ModuleGate,
  PrometheusGate,
  RolloutGateBase,
  WebhookGate,
} from '../gateTypes';
import { JsonSchema, strictObject } from './JsonSchema';
import { dnsLabel, text, word } from './strings';
import { duration } from './times';

const base: Record<keyof RolloutGateBase, JsonSchema> = {
  name: dnsLabel(63),
  for: duration,
  timeout: duration,
  onNoData: { type: 'string', enum: ['hold', 'pass', 'fail'] },
};
const operator: JsonSchema = { type: 'string', enum: [...GATE_OPERATORS] };
const threshold: JsonSchema = {
  type: 'number',
  description: 'a number',
};
/** Neither says anything without the other. */
const both: JsonSchema = {
  anyOf: [
    { required: ['operator', 'threshold'] },
    {
      not: { anyOf: [{ required: ['operator'] }, { required: ['threshold'] }] },
    },
  ],
  description: 'a gate with both operator and threshold, or with neither',
};

const health = strictObject<HealthGate>({
  properties: {
    ...base,
    type: { const: 'health' },
    threshold: {
      type: 'string',
      pattern: '^(?:100|[0-9]{1,2})%$',
      description: 'a share in quotes such as "98%"',
    },
  },
  required: { name: true, type: true, threshold: true },
});

const prometheus = strictObject<PrometheusGate>({
  properties: {
    ...base,
    type: { const: 'prometheus' },
    server: word,
    query: text(5000),
    ...{ operator, threshold },
  },
  required: {
    ...{ name: true, type: true, server: true, query: true },
    ...{ operator: true, threshold: true },
  },
});

const webhook = strictObject<WebhookGate>({
  properties: {
    ...base,
    type: { const: 'webhook' },
    webhook: word,
    ...{ operator, threshold },
  },
  required: { name: true, type: true, webhook: true },
  rules: both,
});

const BUILT_IN = { health, prometheus, webhook };

const other = strictObject<ModuleGate>({
  properties: {
    ...base,
    type: word,
    ...{ operator, threshold },
    parameters: {
      type: 'object',
      propertyNames: word,
      additionalProperties: {
        anyOf: [
          { type: 'string', maxLength: 5000 },
          { type: 'number' },
          { type: 'boolean' },
        ],
        description: 'a text, a number, or true or false',
      },
      maxProperties: 50,
    },
  },
  required: { name: true, type: true },
  rules: both,
});

/** What has to pass before a ring is done; which fields there are depends on its type. @internal */
export const gates: JsonSchema = {
  type: 'array',
  minItems: 1,
  maxItems: 20,
  items: {
    type: 'object',
    required: ['type'],
    allOf: [
      ...Object.entries(BUILT_IN).map(([type, then]) => ({
        if: { required: ['type'], properties: { type: { const: type } } },
        then,
      })),
      {
        if: {
          required: ['type'],
          properties: { type: { enum: Object.keys(BUILT_IN) } },
        },
        else: other,
      },
    ],
  },
};
