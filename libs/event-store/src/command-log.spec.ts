import { CommandLog } from './command-log.js';
import { time, type EventMetadata } from './metadata.js';

function metadata(commandId: string, rolled = false): EventMetadata {
  const requestHash = rolled ? '' : `hash of ${commandId}`;
  return { commandId, requestHash, schemaVersion: 1, actor: time, correlationId: '', causationId: '', rolled };
}

describe('CommandLog', () => {
  it('knows where the events of a command begin and end', () => {
    const log = new CommandLog();
    log.add({ metadata: metadata('a'), revision: 0n });
    log.add({ metadata: metadata('b'), revision: 1n });
    log.add({ metadata: metadata('b'), revision: 2n });
    expect(log.get('b')).toEqual({ requestHash: 'hash of b', firstRevision: 1n, lastRevision: 2n });
  });

  it('leaves out what time did', () => {
    const log = new CommandLog();
    log.add({ metadata: metadata('r', true), revision: 0n });
    expect(log.size).toBe(0);
  });

  it('forgets the oldest command first', () => {
    const log = new CommandLog(2);
    ['a', 'b', 'c'].forEach((id, revision) => log.add({ metadata: metadata(id), revision: BigInt(revision) }));
    expect([log.size, log.get('a'), log.get('c')?.firstRevision]).toEqual([2, undefined, 2n]);
  });
});
