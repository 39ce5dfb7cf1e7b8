import { BrokenSeal } from '#personal-data';
import { DataKey } from './data-key.js';

const name = { licenseId: '0637e301-e05d-505b-8267-486f5677de9b', key: 1 };
const bytes = Buffer.alloc(32, 7);
const ada = { email: 'ada@acme.example', name: 'Ada Lovelace' };

const bytesOf = (text: string) => Buffer.from(text, 'base64');

describe('a sealed person', () => {
  const key = new DataKey(name, bytes);

  it('is told by the key, and by nothing else', () => {
    const sealed = key.seal('ada', ada);
    expect(key.open('ada', sealed)).toEqual(ada);
    expect(bytesOf(sealed.sealed).toString('latin1')).not.toMatch(/ada|Lovelace/i);
    expect(() => new DataKey(name, Buffer.alloc(32, 8)).open('ada', sealed)).toThrow(BrokenSeal);
  });

  it.each([
    ['another license', { ...name, licenseId: 'ffffffff-0000-5000-8000-000000000000' }, 'ada'],
    ['another staff member', name, 'bob'],
    ['another key number', { ...name, key: 2 }, 'ada'],
  ])('does not open in the place of %s', (_, place, staffId) => {
    const sealed = key.seal('ada', ada);
    expect(() => new DataKey(place, bytes).open(staffId, sealed)).toThrow(BrokenSeal);
  });

  it('shows every change of a byte', () => {
    const { sealed } = key.seal('ada', ada);
    for (let at = 0; at < bytesOf(sealed).length; at += 1) {
      const changed = bytesOf(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => key.open('ada', { key: 1, sealed: changed.toString('base64') })).toThrow(BrokenSeal);
    }
    expect(() => key.open('ada', { key: 1, sealed: sealed.slice(0, 8) })).toThrow(BrokenSeal);
  });

  it('is never sealed twice alike, and its length tells little', () => {
    expect(key.seal('ada', ada)).not.toEqual(key.seal('ada', ada));
    const lengthOf = (person: typeof ada) => key.seal('ada', person).sealed.length;
    expect(lengthOf({ email: 'a@b.example', name: 'A' })).toBe(lengthOf({ email: 'abc@def.example', name: 'Abcdef' }));
  });

  it('may have any name', () => {
    const person = { email: 'x@acme.example', name: 'Zoë "\\" 山田 \u0000 '.repeat(12) };
    expect(key.open('x', key.seal('x', person))).toEqual(person);
  });
});
