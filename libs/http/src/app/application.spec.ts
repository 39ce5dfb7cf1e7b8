import { Body, Controller, Get, Post, Res, type INestApplication } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiProperty } from '@nestjs/swagger';
import { IsInt } from 'class-validator';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { HttpReply } from '../http.js';
import { specApp } from './spec-app.js';
import { CommandApi } from '../openapi/api.js';
import { closeGracefully } from './application.js';

class Seats {
  @ApiProperty()
  @IsInt()
  seats!: number;
}

@Controller('seats')
class SeatsController {
  @Post()
  @CommandApi('Seats', 'staff-count-exceeded', 'quote-stale')
  change(@Body() body: Seats): Seats {
    return body;
  }

  @Get('half')
  half(@Res({ passthrough: true }) reply: HttpReply): Promise<never> {
    reply.raw.writeHead(200).write('half');
    return new Promise(() => undefined);
  }

  @Get('for-ever')
  forEver(): Promise<never> {
    return new Promise(() => undefined);
  }
}

const portOf = (app: INestApplication): number => (app.getHttpServer() as { address(): AddressInfo }).address().port;

describe('the application', () => {
  let app: NestFastifyApplication;

  beforeEach(async () => {
    app = await specApp({ controllers: [SeatsController] });
  });
  afterEach(() => app.close());

  it('describes itself', async () => {
    const document = (await app.inject('/docs-json')).json<{
      paths: Record<string, { post: { responses: Record<string, object>; parameters: { name: string }[] } }>;
      components: { schemas: object; securitySchemes: object };
    }>();
    const { responses, parameters } = document.paths['/seats']!.post;
    expect(responses['409']).toEqual({
      description: '`staff-count-exceeded`, `quote-stale`',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    });
    expect(parameters.map(({ name }) => name).sort()).toEqual(['Idempotency-Key', 'If-Match']);
    expect(document.components.schemas).toHaveProperty('Problem');
    expect(document.components.securitySchemes).toHaveProperty('bearer');
  });

  it('serves a reader of it that needs nothing from elsewhere', async () => {
    const page = await app.inject('/docs');
    expect(page.statusCode).toBe(200);
    const assets = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, asset]) => asset ?? '');
    expect(assets.length).toBeGreaterThan(2);
    for (const asset of assets) {
      expect(asset).not.toMatch(/^(https?:)?\/\//);
      expect((await app.inject(new URL(asset, 'http://localhost/').pathname)).statusCode).toBe(200);
    }
    expect(page.body).not.toMatch(/<script>[^<]/);
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
  });

  it('refuses headers beyond its limit', async () => {
    await app.listen(0, '127.0.0.1');
    const reply = await fetch(`http://127.0.0.1:${portOf(app)}/seats`, { headers: { 'x-filler': 'x'.repeat(20_000) } });
    expect(reply.status).toBe(431);
    expect(await reply.json()).toMatchObject({ status: 431, code: 'headers-too-large' });
  });

  it('answers what is no HTTP, once, however much of it comes, and closes', async () => {
    await app.listen(0, '127.0.0.1');
    const socket = connect(portOf(app), '127.0.0.1');
    let said = '';
    socket.setEncoding('utf8').on('data', (text: string) => (said += text));
    for (let line = 0; line < 100; line++) socket.write(`\x16\x03\x01${'x'.repeat(1_000)}`);
    await once(socket, 'end');
    socket.destroy();
    expect(said.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(said).toMatch(/^HTTP\/1\.1 400 .*application\/problem\+json.*"code":"validation-failed"\}$/s);
  });

  it('says nothing in the midst of another answer', async () => {
    await app.listen(0, '127.0.0.1');
    const socket = connect(portOf(app), '127.0.0.1');
    let said = '';
    socket.setEncoding('utf8').on('data', (text: string) => (said += text));
    const arrived = once(app.getHttpServer(), 'request');
    socket.write('GET /seats/half HTTP/1.1\r\nHost: a\r\n\r\n');
    await arrived;
    while (!said.includes('half')) await once(socket, 'data');
    socket.write('no HTTP at all\r\n\r\n');
    await once(socket, 'close');
    expect(said).not.toContain('400');
  });

  it('refuses a body that is encoded, and one nested beyond reason', async () => {
    const bodies = [
      { headers: { 'content-encoding': 'gzip' }, payload: gzipSync('{"seats":1}'), status: 415 },
      { headers: { 'content-encoding': 'br' }, payload: '{"seats":1}', status: 415 },
      { headers: {}, payload: `{"seats":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, status: 400 },
    ];
    for (const { headers, payload, status } of bodies) {
      const reply = await app.inject({
        method: 'POST',
        url: '/seats',
        headers: { 'content-type': 'application/json', ...headers },
        payload,
      });
      expect([reply.statusCode, reply.json<{ status: number }>().status]).toEqual([status, status]);
    }
  });

  it('cuts what is still open when its grace ends', async () => {
    await app.listen(0, '127.0.0.1');
    const socket = connect(portOf(app), '127.0.0.1');
    const arrived = once(app.getHttpServer(), 'request');
    socket.write('GET /seats/for-ever HTTP/1.1\r\nHost: a\r\n\r\n');
    await arrived;
    const closed = once(socket, 'close');
    socket.resume();
    await closeGracefully(app, 50);
    await closed;
  });
});
