import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { PUBLIC_EVENT_TYPES } from './data-schemas.js';
import { publicEventExamples } from './examples.js';
import { eventDataSchema, publicEventSchema } from './published-schemas.js';

const ajv = addFormats.default(new Ajv2020({ strict: true, allErrors: true }));

describe('the examples of events', () => {
  it('are one of each type', () => {
    expect(publicEventExamples().map(({ type }) => type)).toEqual(PUBLIC_EVENT_TYPES);
  });

  it.each(publicEventExamples().map((event) => [event.type, event] as const))(
    'keep to the schema of %s',
    (type, event) => {
      const validate = ajv.compile(publicEventSchema(type));
      expect([validate(event), validate.errors]).toEqual([true, null]);
      const validateData = ajv.compile(eventDataSchema(type));
      expect([validateData(event.data), validateData.errors]).toEqual([true, null]);
      expect(event).toMatchObject({ subject: event.data.licenseId, time: event.data.effectiveAt });
      expect(validateData({ ...event.data, effectiveAt: 'yesterday' })).toBe(false);
    },
  );
});
