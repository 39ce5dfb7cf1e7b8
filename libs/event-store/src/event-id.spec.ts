import { eventId, rolledCommandId } from './event-id.js';

describe('event ids', () => {
  it('repeat for the same command, place and content, and for nothing else', () => {
    const id = eventId('command', 0, 'Added', '{"n":1}');
    expect(eventId('command', 0, 'Added', '{"n":1}')).toBe(id);
    const others = [
      eventId('other', 0, 'Added', '{"n":1}'),
      eventId('command', 1, 'Added', '{"n":1}'),
      eventId('command', 0, 'Taken', '{"n":1}'),
      eventId('command', 0, 'Added', '{"n":2}'),
    ];
    expect(new Set([id, ...others]).size).toBe(5);
  });

  it('name rolled events by their place in the stream', () => {
    expect(rolledCommandId('counter-1', 3n)).toBe(rolledCommandId('counter-1', 3n));
    expect(rolledCommandId('counter-1', 3n)).not.toBe(rolledCommandId('counter-1', 4n));
  });
});
