import { JsonObject, JsonValue } from '@backstage/types';
import {
  OpenApiDocument,
  OpenApiOperation,
} from '@res-edge/backstage-plugin-res-edge-common';

const STYLE = `body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
section { border-top: 1px solid #ccc; margin-top: 1.5rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0 }
pre { background: #f6f6f6; padding: .75rem; overflow: auto }`;

/** What the page needs of a browser: its own style, and nothing from anywhere. @internal */
export const API_PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * The API's document as a page that people can read: plain HTML without scripts, everything in it escaped.
 *
 * @internal
 */
export function renderApiPage(document: OpenApiDocument): string {
  const { title, version, description } = document.info;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method,
      path,
      operation,
    })),
  );
  const schemas = Object.entries(
    (document.components.schemas ?? {}) as JsonObject,
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(title)} ${escapeHtml(
    version,
  )}</title><style>${STYLE}</style></head>
<body>
<h1>${escapeHtml(title)} ${escapeHtml(version)}</h1>
<p>${escapeHtml(description)}</p>
<p><a href="openapi.json">The OpenAPI document</a></p>
<nav><ul>
${operations
  .map(
    ({ method, path, operation: { operationId } }) =>
      `<li><a href="#${escapeHtml(operationId)}">${escapeHtml(
        method.toUpperCase(),
      )} ${escapeHtml(path)}</a></li>`,
  )
  .join('\n')}
</ul></nav>
${operations
  .map(({ method, path, operation }) =>
    renderOperation(document, method, path, operation),
  )
  .join('\n')}
<h2>Schemas</h2>
${schemas
  .map(
    ([name, schema]) =>
      `<section id="schema-${escapeHtml(name)}"><h3>${escapeHtml(
        name,
      )}</h3>${renderJson(schema)}</section>`,
  )
  .join('\n')}
</body>
</html>
`;
}

function renderOperation(
  document: OpenApiDocument,
  method: string,
  path: string,
  operation: OpenApiOperation,
): string {
  const { operationId, summary, parameters = [], requestBody } = operation;
  const rows = parameters
    .map(parameter => resolve(document, parameter))
    .map(
      ({ name, in: place, required, description, schema }) =>
        `<tr><td><code>${escapeHtml(name)}</code></td><td>${escapeHtml(place)}${
          required ? ', required' : ''
        }</td><td>${escapeHtml(description)} <code>${escapeHtml(
          JSON.stringify(schema),
        )}</code></td></tr>`,
    );
  return `<section id="${escapeHtml(operationId)}">
<h2><code>${escapeHtml(method.toUpperCase())} ${escapeHtml(path)}</code></h2>
<p>${escapeHtml(summary)}</p>
<p>One of: ${operation['x-permission']
    .map(name => `<code>${escapeHtml(name)}</code>`)
    .join(', ')}</p>
${
  rows.length > 0
    ? `<table><tr><th>Parameter</th><th>In</th><th></th></tr>${rows.join(
        '',
      )}</table>`
    : ''
}
${requestBody ? `<h3>Body</h3>${renderJson(requestBody)}` : ''}
<h3>Answers</h3>${renderJson(operation.responses)}
</section>`;
}

function resolve(document: OpenApiDocument, parameter: JsonObject): JsonObject {
  const [, name] =
    /^#\/components\/parameters\/(\w+)$/.exec(String(parameter.$ref ?? '')) ??
    [];
  const parameters = (document.components.parameters ?? {}) as JsonObject;
  return name ? (parameters[name] as JsonObject) : parameter;
}

function renderJson(value: JsonValue | undefined): string {
  return `<pre>${escapeHtml(JSON.stringify(value, undefined, 2))}</pre>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(value: JsonValue | undefined): string {
  return String(value ?? '').replace(/[&<>"']/g, found => ENTITIES[found]);
}
