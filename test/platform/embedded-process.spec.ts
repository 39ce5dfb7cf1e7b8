import { EmbeddedProcess, EmbeddedProcessError } from '#platform';
import { join } from 'node:path';
import { pino } from 'pino';
import { untilGone } from './child-processes.js';

describe('EmbeddedProcess', () => {
  const start = (behaviour: string, onUnexpectedExit = (error: Error): void => fail(error)) =>
    EmbeddedProcess.start<{ answer: number }>({
      name: 'sample',
      entry: join(import.meta.dirname, 'fixtures/child.mjs'),
      args: [behaviour],
      logger: pino({ level: 'silent' }),
      readyTimeoutMs: behaviour === 'silent' ? 300 : 10_000,
      stopGraceMs: 200,
      onUnexpectedExit,
    });
  const fail = (error: Error): never => {
    throw error;
  };

  it('hands over what the child says when it is ready, and stops it', async () => {
    const { process, ready } = await start('good');
    expect(ready.answer).toBe(42);
    await process.stop();
    await untilGone(process.pid ?? 0);
    await process.stop();
  });

  it('reports a child that fails at its start, with its last words', async () => {
    await expect(start('failing')).rejects.toThrow(
      new EmbeddedProcessError('The sample process ended before it was ready (3). It said:\nno disk left'),
    );
  });

  it('gives up on a child that does not become ready', async () => {
    await expect(start('silent')).rejects.toThrow('The sample process was not ready within 300 ms');
  });

  it('kills a child that does not stop', async () => {
    const { process } = await start('stubborn');
    await process.stop();
    await untilGone(process.pid ?? 0);
  });

  it('reports a child that ends on its own', async () => {
    let report = (_: Error): void => undefined;
    const reported = new Promise<Error>((resolve) => (report = resolve));
    const { process: child } = await start('good', (error) => report(error));
    process.kill(child.pid ?? 0, 'SIGKILL');
    expect((await reported).message).toContain('The sample process ended on its own (SIGKILL)');
  });
});
