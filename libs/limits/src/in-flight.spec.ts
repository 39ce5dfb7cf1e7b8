import { InFlight } from './in-flight.js';

describe('InFlight', () => {
  it('leaves half of the places to others', () => {
    const places = new InFlight(4);
    expect(['a', 'a', 'a', 'b', 'c', 'd'].map((caller) => places.enter(caller))).toEqual([
      ...['entered', 'entered', 'caller-full', 'entered', 'entered', 'full'],
    ]);
  });

  it('gives places again when they are left', () => {
    const places = new InFlight(1);
    expect([places.enter('a'), places.enter('b')]).toEqual(['entered', 'full']);
    places.leave('a');
    expect([places.enter('b'), places.total]).toEqual(['entered', 1]);
  });
});
