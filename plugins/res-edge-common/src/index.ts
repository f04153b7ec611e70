/**
 * The vocabulary of Res-Edge: entity types and schemas, permissions, the API's contract and its typed client.
 *
 * @packageDocumentation
 */
export * from './entities';
export * from './api';
export * from './permissions';
