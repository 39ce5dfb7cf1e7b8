import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { LedgerProcess, temporaryFolder, type Reply } from '../support/ledger-process.js';
import { exchange, RawConnection } from '../support/raw-http.js';

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { parameters?: readonly Parameter[] }>>>>;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
}

const requestTimeoutMs = 2_000;
const admin = { role: 'admin' } as const;

describe('attacks', () => {
  const folder = temporaryFolder();
  let ledger: LedgerProcess;
  let license: string;
  let document: Document;
  let bearer: string;

  beforeAll(async () => {
    ledger = await LedgerProcess.start(folder.path, {
      LEDGER_TEST_CLOCK: '2026-06-01T09:00:00Z',
      LEDGER_REQUEST_TIMEOUT_MS: String(requestTimeoutMs),
    });
    license = await ledger.register('acme.example');
    ({ body: document } = await ledger.get<Document>('/docs-json'));
    bearer = `authorization: Bearer ${await ledger.token(admin)}`;
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    folder.remove();
  });

  const raw = (lines: readonly string[], body = ''): Promise<string> =>
    exchange(ledger.url, `${[...lines, 'host: ledger', 'connection: close'].join('\r\n')}\r\n\r\n${body}`);

  describe('SQL', () => {
    const payloads = [
      "' OR '1'='1",
      "x' UNION SELECT * FROM operations.push_attempts --",
      "'; DELETE FROM ledger.licenses; --",
      '1; SELECT pg_sleep(10)',
      '(SELECT pg_sleep(10))',
      'id DESC; --',
      "\\'; --",
      '%',
      '$1',
    ];

    it('in a filter, an order or a place finds nothing, whatever the list', async () => {
      const asked = Object.entries(document.paths).flatMap(([path, { get }]) =>
        (get?.parameters ?? [])
          .filter(({ in: place }) => place !== 'header')
          .flatMap((parameter) => payloads.map((payload) => ({ path, parameter, payload }))),
      );
      expect(asked.length).toBeGreaterThan(300);
      for (const { path, parameter, payload } of asked) {
        const value = encodeURIComponent(payload);
        const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
          parameter.in === 'path' && name === parameter.name ? value : (license.split('/').at(-1) ?? ''),
        );
        const url = parameter.in === 'query' ? `${filled}?${parameter.name}=${value}` : filled;
        const { status, body } = await ledger.get<{ items?: unknown[] }>(url);
        expect([url, [400, 404].includes(status) || (status === 200 && body.items?.length === 0)]).toEqual([url, true]);
      }
      expect((await ledger.get<{ items: unknown[] }>('/v1/licenses')).body.items).toHaveLength(1);
    }, 60_000);
  });

  describe('headers', () => {
    it('get no lines from what was asked', async () => {
      const injected = encodeURIComponent('a\r\nX-Injected: 1\r\n\r\n<p>');
      for (const path of [
        `/v1/licenses?domain=${injected}`,
        `/v1/invoices/${injected}`,
        `/${injected}`,
        '/%0d%0aX-Injected:1',
      ]) {
        expect(await raw([`GET ${path} HTTP/1.1`, bearer])).not.toMatch(/^x-injected/im);
      }
    });

    it.each([
      ['two lengths', ['content-length: 2', 'content-length: 30'], '{}'],
      [
        'a length and chunks',
        ['content-length: 2', 'transfer-encoding: chunked'],
        '0\r\n\r\nGET /metrics HTTP/1.1\r\n\r\n',
      ],
      ['chunks by an odd name', ['transfer-encoding: xchunked'], '0\r\n\r\n'],
      ['chunks twice', ['transfer-encoding: chunked, identity'], '0\r\n\r\n'],
      ['a folded line', ['x-a: 1', ' folded: 2'], ''],
      ['a space before the colon', ['content-length : 2'], '{}'],
      ['a bare line feed', ['x-a: 1\nx-b: 2'], ''],
      ['a bare carriage return', ['x-a: 1\rx-b: 2'], ''],
      ['a NUL', ['x-a: 1\u00002'], ''],
      ['a negative length', ['content-length: -1'], ''],
    ])('are refused with %s, and nothing after them is served', async (_, lines, body) => {
      const said = await raw(['POST /v1/licenses HTTP/1.1', bearer, 'content-type: application/json', ...lines], body);
      expect(said).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(said.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
      expect(said).not.toMatch(/^HTTP\/1\.1 200/m);
    });

    it('do not say who is calling but by the token', async () => {
      const headers = [
        'x-forwarded-user: admin',
        'x-role: admin',
        'x-original-url: /v1/plans',
        'x-rewrite-url: /v1/plans',
      ];
      expect(await raw(['GET /v1/licenses HTTP/1.1', ...headers])).toMatch(/^HTTP\/1\.1 401 /);
    });
  });

  describe('paths', () => {
    it.each([
      '/docs/..%2f..%2fpackage.json',
      '/docs/../../package.json',
      '/docs/%2e%2e/%2e%2e/package.json',
      '/docs/..%5c..%5cpackage.json',
      '/docs/%252e%252e%252fpackage.json',
      '/docs//etc/passwd',
      '/docs/%00package.json',
      '/../../etc/passwd',
      '/health/live/../../v1/licenses',
      '/health/live/..%2f..%2fv1%2flicenses',
      '/health/live;/v1/licenses',
      '/v1/licenses/.',
      '/v1/licenses;a=b',
      '//v1/licenses',
      '/v1//licenses',
      '/V1/licenses',
      '/v1/licenses/',
      '/v1%2flicenses',
      '/v1/./licenses',
      '/v1/test-clock/../licenses',
      'http://elsewhere.example/v1/licenses',
    ])('lead nowhere without a token: %s', async (path) => {
      const said = await raw([`GET ${path} HTTP/1.1`]);
      expect(said).toMatch(/^HTTP\/1\.1 40[0134] /);
      expect(said).not.toMatch(/"name": "seat-ledger"|root:|acme/);
    });

    it('with an encoded slash or dots name nothing else', async () => {
      for (const id of ['..%2fplans', '%2e%2e', '%2e%2e%2fplans', 'x%2fquotes', '%2f']) {
        expect((await ledger.get(`/v1/licenses/${id}`)).status).toBe(404);
      }
    });
  });

  describe('prototypes', () => {
    it.each([
      '{"__proto__":{"role":"admin","seats":1}}',
      '{"constructor":{"prototype":{"role":"admin"}}}',
      '{"seats":48,"__proto__":null}',
      '{"seats":48,"constructor":1}',
      '{"seats":48,"toString":"x"}',
      '{"\\u005f_proto__":{"seats":1}}',
    ])('are no fields: %s', async (body) => {
      expect((await ledger.ask('POST', `${license}/quotes`, body)).status).toBe(400);
    });

    it('are no filters, and nobody becomes somebody else by them', async () => {
      for (const query of [
        '__proto__=1',
        '__proto__[role]=admin',
        'constructor=1',
        'constructor[prototype][role]=admin',
      ]) {
        expect((await ledger.get(`/v1/licenses?${query}`)).status).toBe(400);
      }
      const customer = { as: { role: 'customer', email: 'eve@else.example' } } as const;
      expect((await ledger.get(license, customer)).status).toBe(404);
      expect((await ledger.post('/v1/billing/runs', {}, customer)).status).toBe(403);
    });
  });

  describe('expensive input', () => {
    const evil = [
      'a'.repeat(4_000),
      `${'a'.repeat(4_000)}!`,
      `${'a.'.repeat(2_000)}!`,
      `${'a-'.repeat(2_000)}.`,
      `${'-'.repeat(4_000)}a`,
      `${'0'.repeat(4_000)}x`,
      `${'a@'.repeat(2_000)}`,
      `"${'\\"'.repeat(1_500)}@a`,
      `${' '.repeat(4_000)}x`,
      `http://${'a'.repeat(4_000)}`,
      `http://${'a:'.repeat(1_900)}@`,
      `2026-06-11T${'0'.repeat(4_000)}Z`,
      `${'A'.repeat(3_999)}=`,
    ];
    const good = { domain: 'busy.example', billingEmail: 'b@busy.example', planId: 'team', seats: 5 };
    const terms = { ...good, currency: 'USD', interval: 'month' };

    /** The best of three: other work of the machine only adds. */
    async function timeOf(ask: () => Promise<Reply>): Promise<number> {
      const times: number[] = [];
      for (let n = 0; n < 3; n++) {
        const startedAtMs = performance.now();
        const { status } = await ask();
        if (status >= 500) throw new Error(`answered ${status}`);
        times.push(performance.now() - startedAtMs);
      }
      return Math.min(...times);
    }

    it('takes hardly longer than any other, in each text of a body', async () => {
      const usualMs = await timeOf(() => ledger.post(`${license}/quotes`, { seats: 48 }));
      const texts = [
        'domain',
        'billingEmail',
        'planId',
        'currency',
        'startedOn',
        'paidThrough',
        'timeZone',
        'callbackUrl',
      ];
      for (const field of texts) {
        for (const text of evil) {
          const ms = await timeOf(() => ledger.post('/v1/licenses', { ...terms, [field]: text }));
          expect([field, text.slice(0, 20), ms < usualMs * 10 + 100]).toEqual([field, text.slice(0, 20), true]);
        }
      }
      for (const text of evil) {
        const ms = await timeOf(() => ledger.put(`${license}/billing-details`, { paymentMethodToken: text }));
        expect([text.slice(0, 20), ms < usualMs * 10 + 100]).toEqual([text.slice(0, 20), true]);
      }
    }, 60_000);

    it('takes hardly longer in queries, headers and paths', async () => {
      const usualMs = await timeOf(() => ledger.get(license));
      for (const text of evil) {
        const value = encodeURIComponent(text);
        const asked: (() => Promise<Reply>)[] = [
          () => ledger.get(`/v1/licenses?domain=${value}`),
          () => ledger.get(`/v1/licenses?cursor=${value}`),
          () => ledger.get(`/v1/credits?from=${value}`),
          () => ledger.get(`/v1/journal?month=${value}`),
          () => ledger.get(`/v1/invoices/${value.slice(0, 250)}`),
          () => ledger.get('/v1/licenses', { headers: { accept: text } }),
          () => ledger.get('/v1/licenses', { headers: { authorization: `Bearer ${text}` } }),
          () => ledger.get('/v1/licenses', { headers: { 'ledger-min-position': text } }),
          () => ledger.post(`${license}/quotes`, { seats: 48 }, { headers: { 'if-match': text } }),
        ];
        for (const ask of asked) {
          const ms = await timeOf(ask);
          expect([text.slice(0, 20), ms < usualMs * 10 + 100]).toEqual([text.slice(0, 20), true]);
        }
      }
    }, 60_000);
  });

  describe('bombs', () => {
    it('are not unpacked', async () => {
      const bomb = gzipSync(Buffer.alloc(100 * 2 ** 20));
      const headers = {
        authorization: bearer.replace('authorization: ', ''),
        'content-type': 'application/json',
        'content-encoding': 'gzip',
      };
      const reply = await fetch(`${ledger.url}/v1/licenses`, { method: 'POST', headers, body: bomb });
      expect([reply.status, ((await reply.json()) as { code: string }).code]).toEqual([415, 'unsupported-media-type']);
    });

    it.each([
      ['deep lists', '['.repeat(100_000)],
      ['deep objects', '{"a":'.repeat(40_000)],
      ['many items', `{"prices":[${'0,'.repeat(100_000)}0]}`],
      ['many fields', `{${Array.from({ length: 19_000 }, (_, n) => `"k${n}":1`).join()}}`],
      ['a long number', `{"seats":${'9'.repeat(200_000)}}`],
      ['a long name', `{"${'k'.repeat(200_000)}":1}`],
    ])('of JSON are refused at once: %s', async (_, body) => {
      const startedAtMs = performance.now();
      const reply = await ledger.ask('POST', '/v1/licenses', body);
      expect(reply.status).toBe(400);
      expect(performance.now() - startedAtMs).toBeLessThan(2_000);
      expect(JSON.stringify(reply.body).length).toBeLessThan(10_000);
    });

    it('that never end are cut at the limit', async () => {
      const connection = await RawConnection.open(ledger.url);
      const head = [
        'POST /v1/licenses HTTP/1.1',
        'host: a',
        bearer,
        'content-type: application/json',
        'transfer-encoding: chunked',
      ];
      connection.write(`${head.join('\r\n')}\r\n\r\n`);
      const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`;
      for (let n = 0; n < 1_000 && connection.isOpen && connection.said === ''; n++) {
        connection.write(chunk);
        await sleep(1);
      }
      connection.write('0\r\n\r\n');
      while (connection.said === '') await sleep(10);
      expect(connection.said).toMatch(/^HTTP\/1\.1 413 /);
      connection.close();
    });
  });

  it('clients that take their time are let go, and nobody waits for them', async () => {
    const slow = await Promise.all(Array.from({ length: 60 }, () => RawConnection.open(ledger.url)));
    const startedAtMs = performance.now();
    const heads = [
      'GET /v1/licenses HTTP/1.1\r\nhost: a\r\nx-slow: ',
      `POST /v1/licenses HTTP/1.1\r\nhost: a\r\n${bearer}\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{`,
    ];
    slow.forEach((connection, n) => connection.write(heads[n % 2] ?? ''));
    const drip = setInterval(() => slow.forEach((connection) => connection.write('a')), 100);
    const usual = Array.from({ length: 40 }, async () => (await ledger.get(license)).status);
    expect(new Set(await Promise.all(usual))).toEqual(new Set([200]));
    const said = await Promise.all(slow.map((connection) => connection.closed()));
    clearInterval(drip);
    expect(performance.now() - startedAtMs).toBeLessThan(requestTimeoutMs + 8_000);
    expect(said.filter((text) => !text.startsWith('HTTP/1.1 408 '))).toEqual([]);
    expect(said[0]).toContain('"code":"request-timeout"');
  }, 30_000);

  it('formulas are text in a table', async () => {
    const name = '=HYPERLINK("http://elsewhere.example";"Pay here")';
    await ledger.post(`${license}/staff`, { email: 'eve@acme.example', name, role: 'agent', staffId: 'eve' });
    await ledger.post(`${license}/credits`, { amount: { amount: 1, currency: 'USD' }, reason: '@SUM(1+1)*cmd|calc' });
    const csv = { headers: { accept: 'text/csv' } };
    const staff = await ledger.get<{ text: string }>(`${license}/staff`, csv);
    expect(staff.body.text).toContain(`"'=HYPERLINK(""http`);
    const credits = await ledger.get<{ text: string }>(`${license}/credits`, csv);
    for (const { text } of [staff.body, credits.body]) {
      expect(text.split(/[\r\n,]+"?/).filter((cell) => /^[=@+]|^-(?![\d.]+$)/.test(cell))).toEqual([]);
    }
  });
});
