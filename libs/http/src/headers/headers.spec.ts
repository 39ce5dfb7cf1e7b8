import { Body, Controller, Get, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsObject } from 'class-validator';
import { specApp } from '../app/spec-app.js';
import { OwnWrites } from '../position/own-writes.js';
import { encodePosition, type Position } from '../position/position.js';
import { answer, type Answer } from './answer.js';
import { CurrentCommand, type CommandRequest } from './current-command.js';
import { IdempotencyKey } from './idempotency-key.js';
import { IfMatch } from './if-match.js';
import { MinPosition } from './min-position.js';
import { requestHash } from './request-hash.js';

const POSITION = { commit: 2n ** 60n + 1n, prepare: 7n };

class Anything {
  @IsObject()
  data!: object;
}

@Controller('things')
class Things {
  @Post()
  make(@Body() _: Anything, @CurrentCommand() command: CommandRequest): Answer<CommandRequest> {
    return answer(command, { status: 202, revision: 5n, position: POSITION });
  }

  @Post('silent')
  silent(): Answer<undefined> {
    return answer(undefined, { status: 202, position: POSITION });
  }

  @Get()
  headers(
    @IdempotencyKey() key: string,
    @IfMatch() revision: number | undefined,
    @MinPosition() position: Position | undefined,
  ): object {
    return { key, revision, position: position && `${position.commit}/${position.prepare}` };
  }
}

describe('the header conventions', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    app = await specApp({ controllers: [Things] });
  });
  afterAll(() => app.close());

  const get = (headers: Record<string, string>) => app.inject({ url: '/things', headers });
  const make = async (payload: string, url = '/things') =>
    (
      await app.inject({ method: 'POST', url, payload, headers: { 'content-type': 'application/json' } })
    ).json<CommandRequest>();

  it('reads them', async () => {
    const headers = {
      'idempotency-key': 'order 7',
      'if-match': '"12"',
      'ledger-min-position': encodePosition(POSITION),
    };
    expect((await get(headers)).json()).toEqual({ key: 'order 7', revision: 12, position: '1152921504606846977/7' });
  });

  it('makes a fresh key for a request without one', async () => {
    const [a, b] = [await get({}), await get({ 'if-match': '*' })].map((reply) => reply.json<{ key: string }>());
    expect(a?.key).toMatch(/^[0-9a-f-]{36}$/);
    expect(b?.key).not.toBe(a?.key);
    expect(b).not.toHaveProperty('revision');
  });

  it.each([
    ['Idempotency-Key', ''],
    ['Idempotency-Key', 'x'.repeat(256)],
    ['Idempotency-Key', 'ключ'],
    ['If-Match', '12'],
    ['If-Match', 'W/"12"'],
    ['If-Match', '"12", "13"'],
    ['If-Match', '"-1"'],
    ['If-Match', '"1234567890123456"'],
    ['Ledger-Min-Position', 'x'],
    ['Ledger-Min-Position', 'A'.repeat(21)],
    ['Ledger-Min-Position', 'A'.repeat(43)],
  ])('refuses %s: %s', async (name, value) => {
    const reply = await get({ [name]: Buffer.from(value).toString('latin1') });
    expect(reply.statusCode).toBe(400);
    expect(reply.json()).toMatchObject({ code: 'validation-failed', errors: [{ path: name }] });
  });

  it('hashes what is meant, not how it is written', async () => {
    const { requestHash: hash } = await make('{"data": {"a": 1, "b": [2]}}');
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect((await make('{ "data": {"b":[2], "a":1.0} }')).requestHash).toBe(hash);
    expect((await make('{"data": {"a": 1, "b": [2]}}', '/things?x=1')).requestHash).toBe(hash);
    expect((await make('{"data": {"a": 1, "b": ["2"]}}')).requestHash).not.toBe(hash);
    expect(requestHash('POST', '/a', undefined)).not.toBe(requestHash('POST', '/b', undefined));
    expect(requestHash('POST', '/a', {})).not.toBe(requestHash('PUT', '/a', {}));
  });

  it('hashes a body that is nested as deep as one may be', async () => {
    const { requestHash: hash } = await make(`{"data": {"a": ${'['.repeat(14)}${']'.repeat(14)}}}`);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('answers with status, ETag and position, and remembers its own write', async () => {
    const reply = await app.inject({ method: 'POST', url: '/things', payload: { data: {} } });
    expect(reply.statusCode).toBe(202);
    expect(reply.headers).toMatchObject({ etag: '"5"', 'ledger-position': encodePosition(POSITION) });
    expect(app.get(OwnWrites).last()).toEqual(POSITION);
  });

  it('can answer without a body', async () => {
    const reply = await app.inject({ method: 'POST', url: '/things/silent' });
    expect([reply.statusCode, reply.body]).toEqual([202, '']);
    expect(reply.headers).toHaveProperty('ledger-position');
  });
});
