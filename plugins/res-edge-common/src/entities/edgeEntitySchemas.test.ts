import Ajv from 'ajv';
import { EDGE_ENTITY_SCHEMAS } from './validateEdgeEntity';

describe('EDGE_ENTITY_SCHEMAS', () => {
  it.each(Object.entries(EDGE_ENTITY_SCHEMAS))(
    'has a schema of %s that is one',
    (_, schema) => {
      const ajv = new Ajv();
      expect([ajv.validateSchema(schema), ajv.errors]).toEqual([true, null]);
    },
  );
});
