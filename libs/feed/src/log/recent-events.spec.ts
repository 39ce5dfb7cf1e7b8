import fc from 'fast-check';
import type { RecordedEvent } from '#event-store';
import { recordedAt, everyEvent } from '../spec-support/every-event.js';
import type { Place } from './place.js';
import { RecentEvents } from './recent-events.js';

const at = (position: number): Place => ({ commit: BigInt(position), prepare: BigInt(position) });
const eventAt = (position: number): RecordedEvent => ({
  ...recordedAt(0, { type: 'StaffCountReported', data: everyEvent.StaffCountReported }),
  position: { commit: BigInt(position), prepare: BigInt(position) },
});
const positionsOf = (events: readonly RecordedEvent[] | null) => events?.map(({ position }) => Number(position.commit));

describe('The newest events', () => {
  it('are what stands after a place, or nothing is said of it', () => {
    const recent = new RecentEvents(at(10), 4);
    expect(recent.after('start', 9)).toBeNull();
    expect(recent.after(at(9), 9)).toBeNull();
    expect(recent.after(at(10), 9)).toEqual([]);
    recent.add([11, 13, 15].map(eventAt), at(20));
    expect(positionsOf(recent.after(at(10), 2))).toEqual([11, 13]);
    expect(positionsOf(recent.after(at(13), 9))).toEqual([15]);
    expect(positionsOf(recent.after(at(14), 9))).toEqual([15]);
    expect(recent.after(at(25), 9)).toEqual([]);
    expect(recent.end).toEqual(at(20));
    recent.add([21, 23].map(eventAt), at(23));
    expect(recent.after(at(10), 9)).toBeNull();
    expect(positionsOf(recent.after(at(11), 9))).toEqual([13, 15, 21, 23]);
  });

  it('give a reader all of them, whatever its pace, as long as they are kept', () => {
    const steps = fc.array(fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constant('read' as const)), { maxLength: 60 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 7 }), (all, keptMax, pageMax) => {
        const recent = new RecentEvents('start', keptMax);
        let written = 0;
        let place: Place = 'start';
        let read = 0;
        for (const step of all) {
          if (step === 'read') {
            const page = recent.after(place, pageMax);
            // What is no longer kept is read elsewhere, and the reader comes back further on.
            if (page === null) expect(written - read).toBeGreaterThan(keptMax);
            const positions = page === null ? [written] : (positionsOf(page) ?? []);
            if (page !== null) expect(positions).toEqual(positions.map((_, index) => read + index + 1));
            read = positions.at(-1) ?? read;
            place = read === 0 ? 'start' : at(read);
          } else {
            const events = Array.from({ length: step }, (_, index) => eventAt(written + index + 1));
            written += step;
            recent.add(events, at(written));
          }
        }
      }),
    );
  });
});
