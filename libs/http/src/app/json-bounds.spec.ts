import { excessOf } from './json-bounds.js';

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

describe('excessOf', () => {
  it('lets through what an interface needs', () => {
    expect(excessOf(nested(16))).toBeUndefined();
    expect(excessOf(JSON.stringify(Array.from({ length: 1_000 }, (_, n) => ({ n, text: '[,"\\' }))))).toBeUndefined();
    expect(excessOf(`{"a":"${'[,'.repeat(30_000)}"}`)).toBeUndefined();
    expect(excessOf('"\\\\","[')).toBeUndefined();
  });

  it('counts what opens and closes, not what is deep somewhere in a text', () => {
    expect(excessOf('[],'.repeat(100))).toBeUndefined();
    expect(excessOf(nested(17))).toBe('must not be nested more than 16 levels deep');
    expect(excessOf('{"a":'.repeat(17))).toBe('must not be nested more than 16 levels deep');
    expect(excessOf(`["\\"",${nested(16)}]`)).toBe('must not be nested more than 16 levels deep');
  });

  it('minds how many values there are', () => {
    expect(excessOf(`[${'0,'.repeat(20_001)}0]`)).toBe('must not hold more than 20000 values');
  });
});
