import type { Settings } from '../settings/settings.js';
import { SystemClock, type Clock } from './clock.js';
import { TestClock, readTestClock } from './test-clock.js';

/**
 * The clock that the settings ask for. Refuses system time on a folder whose test clock has run ahead of it: a ledger
 * in which time runs backwards would bill wrongly.
 */
export function openClock(settings: Pick<Settings, 'dataDir' | 'testClock'>): Clock {
  if (settings.testClock !== undefined) return TestClock.open(settings.dataDir, settings.testClock);
  const system = new SystemClock();
  const leftAtMs = readTestClock(settings.dataDir);
  if (leftAtMs !== undefined && leftAtMs > system.nowMs()) {
    const leftAt = new Date(leftAtMs).toISOString();
    throw new Error(
      `The data folder ${settings.dataDir} was used with a test clock that stands at ${leftAt}, which is in the future. ` +
        `Set LEDGER_TEST_CLOCK=${leftAt} to go on with it, or set LEDGER_DATA_DIR to another folder.`,
    );
  }
  return system;
}
