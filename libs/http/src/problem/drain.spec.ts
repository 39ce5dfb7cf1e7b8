import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { drain } from './drain.js';

describe('drain', () => {
  const drained = (request: PassThrough) =>
    Promise.race([drain(request as unknown as IncomingMessage).then(() => true), turn(false)]);

  it('waits for what is still being sent', async () => {
    const request = new PassThrough();
    expect(await drained(request)).toBe(false);
    const done = drain(request as unknown as IncomingMessage);
    request.end('the rest');
    await done;
    expect(request.readableEnded).toBe(true);
  });

  it('does not wait for a request that has ended, though it may not know the word complete', async () => {
    const request = new PassThrough();
    request.end();
    request.resume();
    await once(request, 'end');
    expect(await drained(request)).toBe(true);
  });
});
