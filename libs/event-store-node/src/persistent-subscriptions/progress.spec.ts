import fc from 'fast-check';
import { Progress } from './progress.js';

describe('progress', () => {
  it('is done up to the place before the lowest that is unfinished, whatever is finished first', () => {
    const steps = fc.array(fc.record({ gap: fc.integer({ min: 1, max: 3 }), isOurs: fc.boolean(), key: fc.nat() }));
    fc.assert(
      fc.property(steps, (read) => {
        const progress = new Progress(9);
        let place = 9;
        const unfinished = new Map<number, number>();
        for (const { gap, isOurs, key } of read) {
          place += gap;
          if (isOurs) {
            progress.begin(place);
            unfinished.set(place, key);
          } else progress.pass(place);
        }
        const last = place;
        const inAnyOrder = [...unfinished].sort(([, a], [, b]) => a - b).map(([one]) => one);
        for (const finished of inAnyOrder) {
          expect(progress.done).toBe(Math.min(...unfinished.keys()) - 1);
          progress.finish(finished);
          unfinished.delete(finished);
        }
        expect(progress.done).toBe(last);
      }),
    );
  });
});
