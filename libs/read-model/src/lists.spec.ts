import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { get, type IncomingMessage } from 'node:http';
import { Controller, Get, Logger, Query } from '@nestjs/common';
import { csvTable, fields } from '#documents';
import { Answer, createApplication, HttpModule, PageQuery } from '#http';
import { AcceptedListForm, listAnswer, type ListForm } from './lists.js';

interface Row {
  readonly ordinal: number;
  readonly text: string;
}

const table = csvTable('rows', fields<Row>('ordinal', 'text'));
const text = 'x'.repeat(200);

/** A list without an end, which counts how often it is asked. */
class EndlessList {
  asked = 0;

  readonly page = ({ limit, cursor }: PageQuery) => {
    this.asked += 1;
    const first = Number(cursor ?? 0);
    const items = Array.from({ length: limit }, (_, index) => ({ ordinal: first + index, text }));
    return Promise.resolve({ items, nextCursor: String(first + limit) });
  };
}

async function exportOf(page: EndlessList['page']): Promise<Readable> {
  const answered = await listAnswer('text/csv', Object.assign(new PageQuery(), { limit: 1, cursor: '7' }), page, table);
  if (!(answered instanceof Answer)) throw new Error('no export');
  return answered.body;
}

describe('a list as CSV', () => {
  it('is asked for as it is taken, and no further', async () => {
    const list = new EndlessList();
    const stream = await exportOf(list.page);
    let taken = 0;
    for await (const _chunk of stream) {
      taken += 1;
      await new Promise(setImmediate);
      expect(list.asked).toBeLessThanOrEqual(taken + 2);
      if (taken === 20) break;
    }
    expect(stream.destroyed).toBe(true);
    expect(list.asked).toBeGreaterThanOrEqual(19);
  });

  it('ends when the caller goes away while a page is being read', async () => {
    const list = new EndlessList();
    let release = (): void => undefined;
    const stream = await exportOf(async (request) => {
      if (request.cursor === '3000') await new Promise<void>((resolve) => (release = resolve));
      return list.page(request);
    });
    stream.resume();
    while (list.asked < 3) await new Promise(setImmediate);
    const closed = once(stream, 'close');
    stream.destroy();
    release();
    await closed;
    await new Promise(setImmediate);
    expect(list.asked).toBeLessThanOrEqual(4);
  });

  it('begins at the beginning, whatever page was asked for', async () => {
    const list = new EndlessList();
    const stream = await exportOf(list.page);
    const [head] = (await once(stream, 'data')) as [Buffer];
    expect(String(head)).toMatch(/^ordinal,text\r\n/);
    stream.destroy();
  });

  it('ends when the connection of its caller does', async () => {
    const list = new EndlessList();
    let ended: Promise<unknown> | undefined;

    @Controller('rows')
    class RowsController {
      @Get()
      async get(@AcceptedListForm() form: ListForm, @Query() request: PageQuery) {
        const answered = await listAnswer(form, request, list.page, table);
        if (answered instanceof Answer) ended = once(answered.body, 'close');
        return answered;
      }
    }
    const module = { module: HttpModule, controllers: [RowsController] };
    const app = await createApplication(module, { version: '0.0.0', logger: false });
    await app.listen(0, '127.0.0.1');
    const caller = get(`${await app.getUrl()}/rows`, { headers: { accept: 'text/csv' } });
    const [response] = (await once(caller, 'response')) as [IncomingMessage];
    await once(response, 'data');
    response.destroy();
    await ended;
    const { asked } = list;
    await app.close();
    expect(list.asked).toBe(asked);
  });

  it('breaks off with an error, and never as if it were whole', async () => {
    const said = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const list = new EndlessList();
    const failing = (request: PageQuery) =>
      request.cursor === '2000' ? Promise.reject(new Error('no database')) : list.page(request);
    const stream = await exportOf(failing);
    await expect(stream.toArray()).rejects.toThrow('no database');
    expect(said).toHaveBeenCalledTimes(1);
    said.mockRestore();
  });

  it('refuses before it begins', async () => {
    await expect(exportOf(() => Promise.reject(new Error('not yours')))).rejects.toThrow('not yours');
  });
});
