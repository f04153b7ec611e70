export * from './types';
export * from './operations';
export * from './OpenApiDocument';
export * from './ResEdgeApi';
export * from './ResEdgeApiError';
export * from './ResEdgeClient';
export { openapiDocument } from '../generated/openapiDocument';
export * from './auditOperations';
