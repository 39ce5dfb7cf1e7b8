import fc from 'fast-check';
import { v5 } from 'uuid';
import { nameBasedUuid } from './name-based-uuid.js';

it('is the UUID that the uuid package makes of any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.uuid(), (name, namespace) => {
      expect(nameBasedUuid(name, namespace)).toBe(v5(name, namespace));
    }),
  );
});
