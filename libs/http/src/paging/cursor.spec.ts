import { Controller, Get, Query } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { List } from '#contracts';
import { specApp } from '../app/spec-app.js';
import { keysetCursor, pageOf } from './cursor.js';
import { PageQuery } from './page-query.dto.js';

const NUMBERS = Array.from({ length: 120 }, (_, n) => ({ n, name: `n${n}` }));
const cursor = keysetCursor({ n: 'integer', name: 'string' });

@Controller('numbers')
class Numbers {
  @Get()
  list(@Query() { limit, cursor: after }: PageQuery): List<object> {
    const from = after === undefined ? 0 : cursor.decode(after).n + 1;
    return pageOf(NUMBERS.slice(from, from + limit + 1), limit, cursor, (row) => row);
  }
}

describe('paging', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    app = await specApp({ controllers: [Numbers] });
  });
  afterAll(() => app.close());

  it('walks every item once', async () => {
    const seen: unknown[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: List<object> = (await app.inject(`/numbers${next && `?cursor=${next}`}`)).json();
      seen.push(...page.items);
      next = page.nextCursor;
    }
    expect(seen).toEqual(NUMBERS);
  });

  it('ends exactly at the last item', async () => {
    expect((await app.inject('/numbers?limit=120')).json()).toMatchObject({ nextCursor: null });
    expect((await app.inject('/numbers?limit=119')).json()).toMatchObject({ nextCursor: expect.any(String) as string });
  });

  it.each(['limit=0', 'limit=501', 'limit=a', 'limit=1&limit=2', 'cursor=%%%25', 'cursor=W10', 'offset=3', 'cursor='])(
    'refuses ?%s',
    async (query) => {
      const answer = await app.inject(`/numbers?${query}`);
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toMatchObject({ code: 'validation-failed' });
    },
  );

  it.each([['["1","a"]'], ['[1]'], ['[1,"a",2]'], ['[1.5,"a"]'], ['[1,"\\u0000"]'], ['{"n":1}'], ['null'], ['[1,']])(
    'refuses the forged cursor %s',
    (json) => {
      expect(() => cursor.decode(Buffer.from(json).toString('base64url'))).toThrow('cursor');
    },
  );

  it('says of which order it is, where there are several', () => {
    const [up, down] = ['n', '-n'].map((order) => keysetCursor({ n: 'integer' }, order));
    const text = up?.encode({ n: 7 }) ?? '';
    expect(up?.decode(text)).toEqual({ n: 7 });
    expect(() => down?.decode(text)).toThrow('in the same order');
    expect(() => keysetCursor({ n: 'integer' }).decode(text)).toThrow('cursor');
    expect(() => up?.decode(keysetCursor({ n: 'integer' }).encode({ n: 7 }))).toThrow('cursor');
  });

  it('checks what a database would choke on', () => {
    const keys = keysetCursor({ id: 'uuid', on: 'date', at: 'instant', at2: 'digits' });
    const key = {
      id: '0b0e7f4e-3a52-5f3f-9d2e-0a3c7b1d2e4f',
      on: '2026-06-11',
      at: '2026-06-11T09:30:00.000Z',
      at2: '9007199254740993',
    };
    expect(keys.decode(keys.encode(key))).toEqual(key);
    for (const wrong of [{ id: 'x' }, { on: '2026-02-30' }, { at: '2026-06-11T09:30:00Z' }, { at2: '-1' }]) {
      expect(() => keys.decode(keys.encode({ ...key, ...wrong }))).toThrow('cursor');
    }
  });
});
