import { InputError } from '@backstage/errors';
import {
  EdgeEntity,
  EdgeEntityError,
  validateEdgeEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Mutation } from './Mutation';

/** A mutation with its entity, checked as far as it can be without the inventory. @internal */
export interface PreparedMutation {
  readonly mutation: Mutation;
  readonly entity?: EdgeEntity;
  readonly error?: Error;
}

// Mutations between two pauses, in which others have their turn.
const WITHOUT_PAUSE = 500;

/** Checks the entities of mutations; what is wrong with one is its own error. @internal */
export async function prepareMutations(
  mutations: readonly Mutation[],
): Promise<PreparedMutation[]> {
  const prepared: PreparedMutation[] = [];
  for (const mutation of mutations) {
    prepared.push(prepare(mutation));
    if (prepared.length % WITHOUT_PAUSE === 0) {
      await new Promise(resolve => setImmediate(resolve));
    }
  }
  return prepared;
}

function prepare(mutation: Mutation): PreparedMutation {
  if (mutation.action === 'patch' || mutation.action === 'delete') {
    return { mutation };
  }
  try {
    return { mutation, entity: prepareEntity(mutation, mutation.entity) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { mutation, error };
  }
}

/**
 * An entity as it is stored: valid, of the name that it is written by, without what the catalog adds.
 *
 * @throws EdgeEntityError with the field
 * @internal
 */
export function prepareEntity(
  { kind, name }: Pick<Mutation, 'kind' | 'name'>,
  given: unknown,
): EdgeEntity {
  const entity = validateEdgeEntity(given);
  if (entity.kind !== kind) {
    throw new EdgeEntityError('kind', `must be ${kind}, got ${entity.kind}`);
  }
  if (entity.metadata.name !== name) {
    throw new EdgeEntityError(
      'metadata.name',
      `must be '${name}', got '${entity.metadata.name}'`,
    );
  }
  const { uid, etag, ...metadata } = entity.metadata;
  return {
    apiVersion: entity.apiVersion,
    kind,
    metadata: { ...metadata, namespace: 'default' },
    spec: entity.spec,
  } as EdgeEntity;
}
