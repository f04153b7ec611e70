import { InputError, toError } from '@backstage/errors';
import {
  EdgeApplicationEntity,
  RES_EDGE_API_VERSION,
  validateEdgeEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { parseQuantity } from '@res-edge/backstage-plugin-res-edge-engine';
import { Document, isMap, isNode, parseAllDocuments } from 'yaml';
import { withoutUndefined } from '../entities/withoutUndefined';

/**
 * The fields of an EdgeApplication to write; what is undefined stays as it is.
 *
 * @internal
 */
export interface ApplicationFields {
  readonly metadata: Partial<EdgeApplicationEntity['metadata']> & {
    readonly name: string;
  };
  readonly spec: Partial<EdgeApplicationEntity['spec']>;
  /** Only for an application that is not in the file yet. */
  readonly whenNew: {
    readonly metadata: Partial<EdgeApplicationEntity['metadata']>;
    readonly spec: Partial<EdgeApplicationEntity['spec']>;
  };
}

/**
 * Writes an application into a YAML file, which may hold other entities: in place where it is there, comments kept;
 * else at the end.
 *
 * @returns the new text of the file, and the application as it is then
 * @throws InputError where the file does not parse, or the application would not be valid
 * @internal
 */
export function updateApplicationYaml(
  existing: string,
  fields: ApplicationFields,
): { text: string; entity: EdgeApplicationEntity } {
  const { name } = fields.metadata;
  const documents: Document[] = [...parseAllDocuments(existing)];
  const error = documents.flatMap(document => document.errors)[0];
  if (error) {
    throw new InputError(`The file is not valid YAML: ${error.message}`);
  }
  let document = documents.find(
    ({ contents }) =>
      isMap(contents) &&
      contents.get('kind') === 'EdgeApplication' &&
      contents.getIn(['metadata', 'name']) === name,
  );
  if (document) {
    setAll(document, 'metadata', fields.metadata);
    setAll(document, 'spec', fields.spec);
  } else {
    document = new Document({
      apiVersion: RES_EDGE_API_VERSION,
      kind: 'EdgeApplication',
      metadata: withoutUndefined({
        ...fields.metadata,
        ...fields.whenNew.metadata,
      }),
      spec: { ...fields.whenNew.spec, ...withoutUndefined(fields.spec) },
    });
    if (documents.length > 0) {
      document.directives!.docStart = true;
    }
    documents.push(document);
  }
  const entity = validateEdgeEntity(document.toJS()) as EdgeApplicationEntity;
  checkQuantities(entity);
  return {
    // Long strings stay on their line: a selector or value that is cut in two is hard to read.
    text: documents.map(each => each.toString({ lineWidth: 0 })).join(''),
    entity,
  };
}

function setAll(document: Document, part: string, fields: object): void {
  if (!isMap(document.get(part, true))) {
    throw new InputError(`${part} must be a mapping in the file`);
  }
  for (const [key, value] of Object.entries(withoutUndefined(fields))) {
    const before = document.getIn([part, key], true);
    const same =
      isNode(before) &&
      JSON.stringify(before.toJS(document)) === JSON.stringify(value);
    if (!same) {
      // A scalar as it is: then its node keeps the comment beside it.
      document.setIn(
        [part, key],
        typeof value === 'object' ? document.createNode(value) : value,
      );
    }
  }
}

/** The schema leaves the words of quantities to who reckons with them. */
function checkQuantities(entity: EdgeApplicationEntity): void {
  for (const [resource, quantity] of Object.entries(
    entity.spec.requests ?? {},
  )) {
    try {
      parseQuantity(quantity);
    } catch (error) {
      throw new InputError(
        `spec.requests.${resource}: ${toError(error).message}`,
      );
    }
  }
}
