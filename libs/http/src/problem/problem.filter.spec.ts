import { Body, Controller, Get, Logger, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsInt } from 'class-validator';
import { specApp } from '../app/spec-app.js';
import { ProblemException, refuse } from './problem-exception.js';

class Seats {
  @IsInt()
  seats!: number;
}

@Controller()
class Desk {
  @Post('seats')
  seats(@Body() body: Seats): Seats {
    return body;
  }

  @Post('touch')
  touch(): object {
    return { touched: true };
  }

  @Get('items/:id')
  item(): object {
    return {};
  }

  @Get('broken')
  broken(): never {
    throw new Error('password=hunter2');
  }

  @Get('stale')
  stale(): never {
    return refuse({ code: 'quote-stale', detail: 'The credit is 7.33 USD now.', quote: { to: 8 } });
  }

  @Get('behind')
  behind(): never {
    throw new ProblemException('read-model-behind', 'Try again.', {}, { 'retry-after': '7' });
  }

  @Get('unread')
  unread(): never {
    throw Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), { code: 'ECONNREFUSED' });
  }

  @Get('down')
  down(): never {
    throw new ProblemException('event-store-unavailable', 'Try again.');
  }
}

describe('every error is an RFC 9457 problem', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    app = await specApp({ controllers: [Desk] });
  });
  afterAll(() => app.close());

  const post = (payload: string, contentType = 'application/json') =>
    app.inject({ method: 'POST', url: '/seats', payload, headers: { 'content-type': contentType } });

  it.each([
    ['an unknown route', () => app.inject('/nowhere'), 404, 'not-found'],
    ['an unknown method', () => app.inject({ method: 'DELETE', url: '/stale' }), 404, 'not-found'],
    ['a URL that can not be read', () => app.inject('/items/%zz'), 400, 'validation-failed'],
    ['broken JSON', () => post('{"seats": '), 400, 'validation-failed'],
    ['a poisoned prototype', () => post('{"__proto__": {"admin": true}, "seats": 1}'), 400, 'validation-failed'],
    ['a poisoned constructor', () => post('{"constructor": {"prototype": 1}}'), 400, 'validation-failed'],
    ['a body over the limit', () => post(`"${'x'.repeat(1_100_000)}"`), 413, 'payload-too-large'],
    ['text', () => post('seats=5', 'text/plain'), 415, 'unsupported-media-type'],
    ['a form', () => post('seats=5', 'application/x-www-form-urlencoded'), 415, 'unsupported-media-type'],
    ['a refusal', () => app.inject('/stale'), 409, 'quote-stale'],
  ])('%s', async (_, call, status, code) => {
    const answer = await call();
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({
      type: `/problems/${code}`,
      status,
      code,
      title: expect.any(String) as string,
      detail: expect.any(String) as string,
    });
    expect(answer.headers['x-request-id']).toEqual(expect.any(String));
  });

  it('keeps what the refusal adds', async () => {
    const answer = await app.inject('/stale');
    expect(answer.json()).toMatchObject({ detail: 'The credit is 7.33 USD now.', quote: { to: 8 } });
  });

  it('tells nothing of an unforeseen error but the request id, under which it is logged', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error');
    const answer = await app.inject('/broken?secret=1');
    const requestId = String(answer.headers['x-request-id']);
    expect(logged).toHaveBeenCalledWith(
      expect.objectContaining({
        message: `GET /broken (request ${requestId}) failed unforeseen`,
        cause: expect.objectContaining({ message: 'password=hunter2' }) as object,
      }),
    );
    logged.mockRestore();
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toMatch(/hunter2|Error|spec/);
    expect(answer.json()).toMatchObject({ code: 'internal-error', requestId: answer.headers['x-request-id'] });
  });

  it('says when to try again', async () => {
    expect((await app.inject('/down')).headers['retry-after']).toBe('1');
    expect((await app.inject('/behind')).headers['retry-after']).toBe('7');
  });

  it('says that the read model is away, when to try again, and nothing of where it is', async () => {
    const answer = await app.inject('/unread');
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('1');
    expect(answer.json()).toMatchObject({ code: 'read-model-unavailable' });
    expect(answer.body).not.toContain('10.0.0.7');
  });

  it('names each wrong value', async () => {
    const answer = await post('{"seats": "5", "colour": "red"}');
    expect(answer.json()).toMatchObject({
      code: 'validation-failed',
      errors: [
        { path: 'colour', message: 'is unknown' },
        { path: 'seats', message: 'seats must be an integer number' },
      ],
    });
  });

  it('takes an empty body for none', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await app.inject({ method: 'POST', url: '/touch', headers })).statusCode).toBe(201);
    expect((await post('')).json()).toMatchObject({ errors: [{ path: 'seats', message: 'seats is required' }] });
  });

  it('explains a problem type where it points to', async () => {
    const answer = await app.inject('/problems/quote-stale');
    expect(answer.json()).toMatchObject({ code: 'quote-stale', status: 409 });
    expect((await app.inject('/problems/toString')).statusCode).toBe(404);
  });

  it('reaches a client that is still sending far too much', async () => {
    await app.listen(0, '127.0.0.1');
    const body = 'x'.repeat(10_000_000);
    for (let turn = 0; turn < 5; turn++) {
      const headers = { 'content-type': 'application/json' };
      const reply = await fetch(`${await app.getUrl()}/seats`, { method: 'POST', headers, body });
      expect([reply.status, ((await reply.json()) as { code: string }).code]).toEqual([413, 'payload-too-large']);
    }
  });
});
