import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { asyncApiDocument } from './asyncapi.js';
import { PUBLIC_EVENT_TYPES } from './data-schemas.js';

/** What AsyncAPI's own schema says of the form. */
const form = JSON.parse(readFileSync(require.resolve('@asyncapi/specs/schemas/3.0.0.json'), 'utf8')) as object;

describe('the AsyncAPI catalogue', () => {
  const document = asyncApiDocument() as unknown as {
    readonly channels: Record<string, { readonly messages: Record<string, { readonly $ref: string }> }>;
    readonly components: { readonly messages: Record<string, { readonly name: string }> };
  };

  it("has the form of AsyncAPI 3's own schema", () => {
    const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true, meta: false, validateSchema: false }));
    const isValid = ajv.compile(form);
    expect([isValid(document), isValid.errors]).toEqual([true, null]);
    expect(isValid({ ...document, channels: { stream: { address: 7 } } })).toBe(false);
  });

  it('names every event in every channel, and refers to nothing that is not there', () => {
    const { channels, components } = document;
    expect(Object.values(components.messages).map(({ name }) => name)).toEqual(PUBLIC_EVENT_TYPES);
    for (const { messages } of Object.values(channels)) {
      expect(Object.keys(messages)).toEqual(Object.keys(components.messages));
    }
    const references = JSON.stringify(document).matchAll(/"\$ref":"#([^"]+)"/g);
    for (const [, path = ''] of references) {
      const found = path
        .slice(1)
        .split('/')
        .reduce((part: unknown, name) => (part as Record<string, unknown>)?.[name], document);
      expect([path, typeof found]).toEqual([path, 'object']);
    }
  });

  it('is published as it is: `npm run publish:events`', () => {
    expect(JSON.parse(readFileSync('docs/events/asyncapi.json', 'utf8'))).toEqual(asyncApiDocument());
  });
});
