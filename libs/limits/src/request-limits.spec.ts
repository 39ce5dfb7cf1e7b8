import { Controller, Get } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { createApplication, HttpModule } from '#http';
import { limitRequests, openRequestLimits, type RequestLimits } from './request-limits.js';

const slow = { arrived: 0, answer: (): void => undefined };

@Controller()
class SpecController {
  @Get('slow')
  async slow(): Promise<object> {
    slow.arrived++;
    await new Promise<void>((resolve) => (slow.answer = resolve));
    return {};
  }

  @Get('quick')
  quick(): object {
    return {};
  }

  @Get('health/live')
  live(): object {
    return {};
  }
}

describe('limitRequests', () => {
  let app: NestFastifyApplication;
  let limits: RequestLimits;
  let port: number;

  beforeEach(async () => {
    const module = { module: HttpModule, controllers: [SpecController] };
    app = await createApplication(module, { version: '0.0.0', logger: false });
    limits = openRequestLimits({ ratePerToken: 3, ratePerAddress: 5, requestsMax: 2, shared: null });
    limitRequests(app, limits);
    await app.listen(0, '127.0.0.1');
    port = (app.getHttpServer() as { address(): AddressInfo }).address().port;
  });
  afterEach(() => app.close());

  const get = async (path: string, token?: string) =>
    app.inject({ url: path, ...(token && { headers: { authorization: `Bearer ${token}` } }) });

  it('counts by token and by address, and answers 429 with when to come again', async () => {
    const statuses: number[] = [];
    for (const token of ['a', 'a', 'a', 'a', 'b', 'c']) statuses.push((await get('/quick', token)).statusCode);
    expect(statuses).toEqual([200, 200, 200, 429, 200, 429]);
    const { headers, body } = await get('/quick', 'd');
    expect(JSON.parse(body)).toMatchObject({ code: 'too-many-requests' });
    expect(Number(headers['retry-after'])).toBeGreaterThan(50);
    expect((await get('/health/live')).statusCode).toBe(200);
  });

  it('leaves one caller half of the places, and gives them back when a client goes away', async () => {
    const socket = connect(port, '127.0.0.1');
    const arrived = slow.arrived;
    const closed = once(app.getHttpServer(), 'request').then(([, response]: unknown[]) =>
      once(response as NodeJS.EventEmitter, 'close'),
    );
    socket.write('GET /slow HTTP/1.1\r\nHost: a\r\n\r\n');
    await until(() => slow.arrived > arrived);
    const { statusCode, headers } = await get('/quick');
    expect([statusCode, headers['retry-after']]).toEqual([429, '1']);
    socket.destroy();
    await closed;
    expect((await get('/quick')).statusCode).toBe(200);
    slow.answer();
  });

  it('answers 503 when all places are taken', async () => {
    expect([limits.inFlight.enter('x'), limits.inFlight.enter('y')]).toEqual(['entered', 'entered']);
    const { statusCode, headers, body } = await get('/quick');
    expect([statusCode, headers['retry-after']]).toEqual([503, '1']);
    expect(JSON.parse(body)).toMatchObject({ code: 'overloaded' });
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
