import { comparePositions, formatPosition, parsePosition } from './position.js';

describe('positions', () => {
  it('order by commit, then by prepare', () => {
    const positions = [
      { commit: 2n, prepare: 1n },
      { commit: 1n, prepare: 9n },
      { commit: 2n, prepare: 0n },
    ];
    expect(positions.sort(comparePositions).map(formatPosition)).toEqual(['1/9', '2/0', '2/1']);
    expect(comparePositions({ commit: 1n, prepare: 1n }, { commit: 1n, prepare: 1n })).toBe(0);
  });

  it('survive as text beyond what a number holds', () => {
    const position = { commit: 2n ** 64n - 1n, prepare: 2n ** 63n };
    expect(parsePosition(formatPosition(position))).toEqual(position);
  });

  it.each(['', '1', '1/', '/1', '-1/1', '1/1/1', ' 1/1', '1e3/1', '123456789012345678901/1'])('are not %p', (text) => {
    expect(parsePosition(text)).toBeNull();
  });
});
