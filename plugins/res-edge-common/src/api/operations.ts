import type { operations } from '../generated/openapi';

/** The operations of the API, by their ids in the OpenAPI document. @public */
export type ResEdgeOperations = operations;

/** The id of an operation. @public */
export type ResEdgeOperationId = keyof ResEdgeOperations;

type Parameters<
  Id extends ResEdgeOperationId,
  Place extends 'query' | 'path',
> = NonNullable<ResEdgeOperations[Id]['parameters'][Place]>;

/** Query parameters of an operation. @public */
export type OperationQuery<Id extends ResEdgeOperationId> = [
  Parameters<Id, 'query'>,
] extends [never]
  ? {}
  : Parameters<Id, 'query'>;

/** Path parameters of an operation. @public */
export type OperationPath<Id extends ResEdgeOperationId> = [
  Parameters<Id, 'path'>,
] extends [never]
  ? {}
  : Parameters<Id, 'path'>;

/** The body that an operation takes. @public */
export type OperationBody<Id extends ResEdgeOperationId> =
  ResEdgeOperations[Id] extends {
    requestBody: { content: { 'application/json': infer Body } };
  }
    ? Body
    : ResEdgeOperations[Id] extends {
        requestBody: {
          content: { 'application/merge-patch+json': infer Patch };
        };
      }
    ? Patch
    : {};

/** All that an operation takes: of its path, its query and its body. @public */
export type OperationInput<Id extends ResEdgeOperationId> = OperationPath<Id> &
  OperationQuery<Id> &
  OperationBody<Id>;

type JsonContent<Answer> = Answer extends {
  content: { 'application/json': infer Content };
}
  ? Content
  : never;

/** What an operation answers when it succeeds. @public */
export type OperationResult<Id extends ResEdgeOperationId> = {
  [Status in Exclude<
    keyof ResEdgeOperations[Id]['responses'],
    'default'
  >]: JsonContent<ResEdgeOperations[Id]['responses'][Status]>;
}[Exclude<keyof ResEdgeOperations[Id]['responses'], 'default'>];
