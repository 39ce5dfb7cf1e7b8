import type { OpenAPIObject } from '@nestjs/swagger';
import { operationSchemas, type Schema } from '#contracts';

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

interface Response {
  content?: Record<string, { schema?: unknown }>;
}

/** Gives each answer of the interface's description the schema of its type in libs/contracts. */
export function withAnswerSchemas(document: OpenAPIObject): OpenAPIObject {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) {
      const answer = operationSchemas.operations[`${method.toUpperCase()} ${path}`]?.answer;
      if (answer === undefined) continue;
      for (const [status, response] of Object.entries(item[method]?.responses ?? {})) {
        if (status.startsWith('2')) describe(response as Response, answer);
      }
    }
  }
  document.components ??= {};
  document.components.schemas = {
    ...(open(operationSchemas.components.schemas) as Record<string, never>),
    ...document.components.schemas,
  };
  return document;
}

function describe(response: Response, schema: Schema): void {
  const content = (response.content ??= {});
  content['application/json'] = { ...content['application/json'], schema: open(schema) };
}

/** A reader must not stumble over a property that an answer gets later. */
function open(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(open);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key, value]) => !(key === 'additionalProperties' && value === false))
      .map(([key, value]) => [key, open(value)]),
  );
}
