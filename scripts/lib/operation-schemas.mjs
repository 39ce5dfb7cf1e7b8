import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';
import { root } from './root.mjs';

/**
 * JSON Schemas of what each operation of the HTTP interface takes and answers, from its types in libs/contracts: for the
 * OpenAPI document, whose `components` they are.
 */
export function operationSchemas() {
  const { definitions, properties } = createGenerator({
    path: join(root, 'libs/contracts/src/api/operations.ts'),
    tsconfig: join(root, 'tsconfig.json'),
    type: 'Operations',
    expose: 'export',
    topRef: false,
    jsDoc: 'basic',
    sortProps: false,
    skipTypeCheck: true,
  }).createSchema('Operations');
  const operations = Object.fromEntries(
    Object.entries(properties).map(([operation, { properties: parts }]) => {
      const { answer, ...taken } = parts;
      // `undefined`, as JSON Schema has it: no body.
      return [operation, 'not' in answer ? taken : { ...taken, answer }];
    }),
  );
  return forOpenApi({ operations, components: { schemas: definitions } });
}

/** `List<License>` and `PublicEventOf<"io.…">` are no names that OpenAPI knows. */
const nameOf = (definition) =>
  decodeURIComponent(definition)
    .replace(/^(\w+)<(\w+)>$/, '$2$1')
    .replace(/^(\w+)<"([\w.-]+)">$/, '$1.$2');

function forOpenApi({ operations, components }) {
  const renamed = Object.entries(components.schemas).map(([name, schema]) => [nameOf(name), schema]);
  const text = JSON.stringify({ operations, components: { schemas: Object.fromEntries(renamed) } });
  return JSON.parse(text, (key, value) =>
    key === '$ref'
      ? value.replace(/^#\/definitions\/(.+)$/, (_, name) => `#/components/schemas/${nameOf(name)}`)
      : value,
  );
}

/** The file that holds them, as it must be. */
export function operationSchemasFile() {
  const { operations, components } = operationSchemas();
  return [
    '// Made from operations.ts by `npm run contracts`; not to be changed by hand.',
    "import type { OperationSchemas } from './operation-schemas.js';",
    '',
    `export const operationSchemas: OperationSchemas = ${JSON.stringify({ operations, components }, null, 2)};`,
    '',
  ].join('\n');
}
