import { uuidText } from './append-message.js';

describe('uuidText', () => {
  it('gives one text for both forms on the wire', () => {
    const text = '94c10d13-0fa2-4bd8-8e2d-6a1b3c4d5e6f';
    const structured = {
      mostSignificantBits: BigInt.asIntN(64, 0x94c10d130fa24bd8n).toString(),
      leastSignificantBits: BigInt.asIntN(64, 0x8e2d6a1b3c4d5e6fn).toString(),
    };
    expect(uuidText({ structured })).toBe(text);
    expect(uuidText({ string: text.toUpperCase() })).toBe(text);
  });

  it('keeps leading zeros', () => {
    expect(uuidText({ structured: {} })).toBe('00000000-0000-0000-0000-000000000000');
  });
});
