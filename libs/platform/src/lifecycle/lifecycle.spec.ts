import { pino } from 'pino';
import { Lifecycle, StoppingError } from './lifecycle.js';

describe('Lifecycle', () => {
  const story: string[] = [];
  let exited: Promise<number>;
  let lifecycle: Lifecycle;

  beforeEach(() => {
    story.length = 0;
    exited = new Promise((exit) => (lifecycle = new Lifecycle(pino({ level: 'silent' }), 50, exit)));
  });
  const start = (name: string, stop: () => Promise<void> | void = () => undefined): Promise<string> =>
    lifecycle.start(
      name,
      () => name,
      async () => {
        story.push(name);
        await stop();
      },
    );

  it('stops in reverse order, each part once', async () => {
    await start('store');
    await start('server');
    await Promise.all([lifecycle.stop(), lifecycle.stop()]);
    expect(story).toEqual(['server', 'store']);
  });

  it('goes on stopping past a part that fails and one that hangs, and says so by its exit code', async () => {
    await start('store');
    await start('hanging', () => new Promise(() => undefined));
    await start('failing', () => Promise.reject(new Error('no')));
    lifecycle.fail(new Error('gone'));
    expect(await exited).toBe(1);
    expect(story).toEqual(['failing', 'hanging', 'store']);
  });

  it('stops the part that was being started as well', async () => {
    let begun = (): void => undefined;
    const starting = lifecycle.start(
      'slow',
      () => new Promise<void>((resolve) => (begun = resolve)),
      () => void story.push('slow'),
    );
    const stopped = lifecycle.stop();
    begun();
    await expect(starting).rejects.toThrow(StoppingError);
    await stopped;
    expect(story).toEqual(['slow']);
    await expect(start('late')).rejects.toThrow(StoppingError);
  });

  describe('told by signals', () => {
    const listeners = (): NodeJS.SignalsListener[] => process.listeners('SIGINT');
    let added: NodeJS.SignalsListener[] = [];

    beforeEach(() => {
      const before = listeners();
      lifecycle.handleSignals();
      added = listeners().filter((listener) => !before.includes(listener));
    });
    afterEach(() => {
      jest.useRealTimers();
      for (const listener of added) process.off('SIGINT', listener).off('SIGTERM', listener);
    });

    it('ends with 0, also when npm passes the same key press on', async () => {
      await start('store');
      process.emit('SIGINT');
      process.emit('SIGINT');
      expect(await exited).toBe(0);
      expect(story).toEqual(['store']);
    });

    it('ends at once when asked a second time', async () => {
      await start('hanging', () => new Promise(() => undefined));
      jest.useFakeTimers();
      process.emit('SIGINT');
      jest.advanceTimersByTime(1000);
      process.emit('SIGINT');
      expect(await exited).toBe(130);
    });
  });
});
