import { InputError } from '@backstage/errors';
import { JsonObject, JsonValue } from '@backstage/types';
import {
  isEdgeKind,
  MutationInput,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Mutation } from '../../database';
import { parseEtags } from '../../util/etag';

const ACTIONS = ['create', 'replace', 'apply', 'patch', 'delete'] as const;
const FIELDS = [
  'action',
  'kind',
  'name',
  'entity',
  'patch',
  'ifMatch',
  'ifNoneMatch',
];

/**
 * A mutation of a batch. In JSON the document has checked it already, in a line nobody has.
 *
 * @param index - which one, for errors
 * @throws InputError with the field's pointer
 * @internal
 */
export function toMutation(
  value: JsonValue | MutationInput,
  index: number,
): Mutation {
  const fail = (field: string, message: string) =>
    Object.assign(
      new InputError(`mutations[${index}]${field && `.${field}`}: ${message}`),
      {
        details: [
          { pointer: `/mutations/${index}${field && `/${field}`}`, message },
        ],
      },
    );
  if (!isMapping(value)) throw fail('', 'must be a mapping');
  const unknown = Object.keys(value).find(key => !FIELDS.includes(key));
  if (unknown !== undefined) {
    throw fail(unknown, `unknown field; allowed are ${FIELDS.join(', ')}`);
  }
  const { entity, patch } = value;
  const action = ACTIONS.find(known => known === value.action);
  if (!action) throw fail('action', `must be one of ${ACTIONS.join(', ')}`);
  const said = isMapping(entity) ? entity : {};
  const kind = value.kind ?? said.kind;
  if (typeof kind !== 'string' || !isEdgeKind(kind)) {
    throw fail('kind', `${JSON.stringify(kind)} is none of Res-Edge`);
  }
  const name =
    value.name ?? (isMapping(said.metadata) ? said.metadata.name : undefined);
  if (typeof name !== 'string' || name === '') {
    throw fail('name', 'must be a string');
  }
  const etags = (field: 'ifMatch' | 'ifNoneMatch') => {
    const given = value[field];
    if (given !== undefined && typeof given !== 'string') {
      throw fail(field, 'must be a string');
    }
    return parseEtags(given);
  };
  const target = {
    kind,
    name,
    ifMatch: etags('ifMatch'),
    ifNoneMatch: etags('ifNoneMatch'),
  };
  if (action === 'delete') return { action, ...target };
  if (action === 'patch') {
    if (!isMapping(patch)) throw fail('patch', 'must be a mapping');
    return { action, ...target, patch };
  }
  if (!isMapping(entity)) throw fail('entity', 'must be a mapping');
  return { action, ...target, entity };
}

function isMapping(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
