import { JsonObject } from '@backstage/types';

/** One operation of the document, as far as code looks into it. @public */
export interface OpenApiOperation {
  operationId: string;
  summary: string;
  description?: string;
  /** Names of permissions; a caller needs one of them, be it for some entities only. */
  'x-permission': string[];
  parameters?: JsonObject[];
  requestBody?: JsonObject;
  responses: { [status: string]: JsonObject };
}

/** The OpenAPI document of the API. @public */
export interface OpenApiDocument {
  openapi: string;
  info: JsonObject;
  servers: { url: string }[];
  paths: { [path: string]: { [method: string]: OpenApiOperation } };
  components: JsonObject;
}
