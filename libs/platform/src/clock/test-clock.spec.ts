import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemClock } from './clock.js';
import { openClock } from './open-clock.js';
import { ClockMoveError, TestClock } from './test-clock.js';

const june = '2026-06-01T00:00:00.000Z';
const july = '2026-07-01T00:00:00.000Z';

describe('TestClock', () => {
  let dataDir: string;
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'test-clock-'))));
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('stands still until it is moved', () => {
    const clock = TestClock.open(dataDir, june);
    expect([clock.now(), clock.nowMs()]).toEqual([june, Date.parse(june)]);
    clock.moveTo('2026-07-01T02:00:00+02:00');
    expect(clock.now()).toBe(july);
    clock.moveTo(july);
  });

  it('never moves backwards, and stays where it was', () => {
    const clock = TestClock.open(dataDir, july);
    expect(() => clock.moveTo(june)).toThrow(expect.objectContaining({ code: 'clock-backwards' }));
    expect(() => clock.moveTo('next week')).toThrow(ClockMoveError);
    expect(clock.now()).toBe(july);
  });

  it('continues after a restart, and not before the instant that is asked for', () => {
    TestClock.open(dataDir, june).moveTo(july);
    expect(TestClock.open(dataDir, june).now()).toBe(july);
    expect(TestClock.open(dataDir, '2026-08-01T00:00:00.000Z').now()).toBe('2026-08-01T00:00:00.000Z');
    expect(TestClock.open(dataDir, june).now()).toBe('2026-08-01T00:00:00.000Z');
  });

  it('is moved by one process and moves for all', () => {
    const [one, other] = [TestClock.open(dataDir, june), TestClock.open(dataDir, june)];
    one.moveTo('2026-06-15T00:00:00Z');
    expect(other.now()).toBe('2026-06-15T00:00:00.000Z');
    other.moveTo(july);
    expect(one.now()).toBe(july);
    expect(() => one.moveTo('2026-06-20T00:00:00Z')).toThrow(ClockMoveError);
  });

  it('is left alone by a process that comes to it, for another one may be moving it just then', () => {
    TestClock.open(dataDir, july);
    const written = () => statSync(join(dataDir, 'test-clock')).ino;
    const before = written();
    TestClock.open(dataDir, june);
    expect(written()).toBe(before);
  });

  it('does not give way to system time that is behind it', () => {
    TestClock.open(dataDir, '9999-01-01T00:00:00Z');
    expect(() => openClock({ dataDir, testClock: undefined })).toThrow('LEDGER_TEST_CLOCK=9999-01-01T00:00:00.000Z');
  });

  it('gives way to system time that is ahead of it', () => {
    TestClock.open(dataDir, '2000-01-01T00:00:00Z');
    expect(openClock({ dataDir, testClock: undefined })).toBeInstanceOf(SystemClock);
  });
});
