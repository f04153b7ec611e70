import Ajv, { ValidateFunction } from 'ajv';
import { describeSchemaError } from './describeSchemaError';
import { EdgeEntityError } from './EdgeEntityError';
import {
  edgeApplicationSchema,
  edgeClusterSchema,
  edgeGroupSchema,
  edgeNamespaceSchema,
  edgePolicySchema,
  JsonSchema,
} from './schemas';
import { EDGE_KINDS, EdgeEntity, EdgeKind } from './types';

/** The JSON Schema of each kind. @public */
export const EDGE_ENTITY_SCHEMAS: Readonly<Record<EdgeKind, JsonSchema>> = {
  EdgeCluster: edgeClusterSchema,
  EdgeGroup: edgeGroupSchema,
  EdgeNamespace: edgeNamespaceSchema,
  EdgeApplication: edgeApplicationSchema,
  EdgePolicy: edgePolicySchema,
};

let ajv: Ajv | undefined;
const validators = new Map<EdgeKind, ValidateFunction>();

// Compiled when first needed: the portal loads this package too, and does not validate.
function validatorOf(kind: EdgeKind): ValidateFunction {
  let validator = validators.get(kind);
  if (!validator) {
    ajv ??= new Ajv({
      verbose: true,
      allowUnionTypes: true,
      strictRequired: false,
      strictTypes: false,
      // A start waits for what follows: a test checks the schemas, and the code that they become is fast enough as it is.
      validateSchema: false,
      code: { optimize: false },
    });
    validator = ajv.compile(EDGE_ENTITY_SCHEMAS[kind]);
    validators.set(kind, validator);
  }
  return validator;
}

const timeZones = new Map<string, boolean>();

function isTimeZone(name: string): boolean {
  let known = timeZones.get(name);
  if (known === undefined) {
    try {
      known = new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
    } catch {
      known = false;
    }
    // Bounded, because the names come from outside.
    if (timeZones.size < 1000) {
      timeZones.set(name, known);
    }
  }
  return known;
}

/**
 * Checks all that one entity alone can show: its fields, their types, names and bounds.
 *
 * @returns the same object
 * @throws {@link EdgeEntityError}, an InputError, that names the first field that is wrong, its value, and what is allowed
 * @public
 */
export function validateEdgeEntity(entity: unknown): EdgeEntity {
  if (typeof entity !== 'object' || entity === null || Array.isArray(entity)) {
    throw new EdgeEntityError('', 'an entity must be a mapping');
  }
  const kind = EDGE_KINDS.find(name => name === (entity as EdgeEntity).kind);
  if (!kind) {
    throw new EdgeEntityError(
      'kind',
      `must be one of ${EDGE_KINDS.join(', ')}`,
    );
  }
  const validator = validatorOf(kind);
  if (!validator(entity)) {
    throw describeSchemaError(validator.errors!);
  }
  const valid = entity as EdgeEntity;
  const timeZone =
    valid.kind === 'EdgeCluster' ? valid.spec.timeZone : undefined;
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    throw new EdgeEntityError(
      'spec.timeZone',
      `must be an IANA time zone such as America/Chicago, got ${JSON.stringify(
        timeZone,
      )}`,
    );
  }
  return valid;
}
