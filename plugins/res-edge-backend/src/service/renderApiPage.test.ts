import { openapiDocument } from '@res-edge/backstage-plugin-res-edge-common';
import { renderApiPage } from './renderApiPage';

describe('renderApiPage', () => {
  it('shows every operation with its parameters', () => {
    const page = renderApiPage(openapiDocument);
    for (const methods of Object.values(openapiDocument.paths)) {
      for (const { operationId } of Object.values(methods)) {
        expect(page).toContain(`<section id="${operationId}">`);
      }
    }
    expect(page).toContain('<code>cursor</code>');
    expect(page).not.toMatch(/<script|https?:\/\/|undefined/);
  });

  it('escapes all that a document says', () => {
    const evil = '<script>alert("x")</script>&\'';
    const page = renderApiPage({
      openapi: '3.1.0',
      info: { title: evil, version: evil, description: evil },
      servers: [],
      paths: {
        [evil]: {
          get: {
            operationId: evil,
            summary: evil,
            'x-permission': [evil],
            parameters: [
              { name: evil, in: evil, description: evil, schema: {} },
            ],
            responses: { 200: { description: evil } },
          },
        },
      },
      components: { schemas: { [evil]: { description: evil } } },
    });
    expect(page).not.toContain('<script>');
    expect(page).not.toContain('alert("x")');
  });
});
