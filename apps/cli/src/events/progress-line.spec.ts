import { ProgressLine } from './progress-line.js';

describe('ProgressLine', () => {
  let nowMs: number;
  let written: string;
  beforeEach(() => {
    nowMs = 0;
    written = '';
  });

  const progress = (isTTY: boolean) =>
    new ProgressLine({ write: (text: string | Uint8Array) => ((written += String(text)), true), isTTY }, () => nowMs);

  it('says how far it is, how fast it goes and how long it may take, counting from where the step began', () => {
    const line = progress(false);
    line.tell({ step: 'copying', eventCount: 5_000, totalCount: 10_000 });
    nowMs = 10_000;
    line.tell({ step: 'copying', eventCount: 7_000, totalCount: 10_000 });
    line.end();
    expect(written).toBe('copying: 5,000 of 10,000 events\ncopying: 7,000 of 10,000 events, 200 a second, 15 s left\n');
  });

  it('tells a new step at once, and little in between', () => {
    const line = progress(false);
    for (let eventCount = 0; eventCount < 100; eventCount++) {
      nowMs += 10;
      line.tell({ step: 'reading the source', eventCount, totalCount: null });
    }
    line.tell({ step: 'checking', eventCount: 1, totalCount: 100 });
    expect(written).toBe('reading the source: 0 events\nchecking: 1 of 100 events\n');
  });

  it('writes over its line on a terminal, and ends it', () => {
    const line = progress(true);
    line.tell({ step: 'copying', eventCount: 1, totalCount: 2 });
    nowMs = 500;
    line.tell({ step: 'copying', eventCount: 2, totalCount: 2 });
    line.end();
    line.end();
    const [before, first, second] = written.split('\r\u001b[K');
    expect([before, first]).toEqual(['', 'copying: 1 of 2 events']);
    expect(second).toBe('copying: 2 of 2 events, 2 a second, 0 s left\n');
  });
});
