import { Controller, Get } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Readable } from 'node:stream';
import { specApp } from '../app/spec-app.js';
import { answer } from '../headers/answer.js';
import { Accepted } from './accepted.js';
import { attachment } from './disposition.js';
import { negotiate } from './negotiate.js';

const types = ['application/json', 'text/html', 'text/csv', 'application/pdf'] as const;

@Controller('report')
class ReportController {
  @Get()
  get(@Accepted(types) type: string): unknown {
    if (type === 'text/html') return answer('<p>ü</p>', { type: 'text/html; charset=utf-8' });
    if (type === 'application/pdf') return answer(Buffer.from([0x25, 0xff]), { type });
    if (type === 'text/csv') return answer(Readable.from(['a,', 'b']), { type, headers: attachment('report.csv') });
    return { figures: [1] };
  }
}

describe('negotiate', () => {
  it.each<[string | undefined, string | undefined]>([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['text/csv', 'text/csv'],
    ['TEXT/CSV', 'text/csv'],
    ['text/*', 'text/html'],
    ['text/csv;q=0.5, application/pdf', 'application/pdf'],
    ['text/csv;q=0.5, application/pdf;q=0.4', 'text/csv'],
    ['*/*, application/json;q=0', 'text/html'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html'],
    ['application/json;charset=utf-8', 'application/json'],
    ['application/json; charset=UTF-8', 'application/json'],
    ['image/png', undefined],
    ['text/csv;q=0', undefined],
    ['nonsense', undefined],
  ])('%s: %s', (accept, type) => expect(negotiate(accept, types)).toBe(type));
});

describe('a route with several forms', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    app = await specApp({ controllers: [ReportController] });
  });
  afterAll(() => app.close());

  const ask = (accept?: string) => app.inject({ url: '/report', headers: accept === undefined ? {} : { accept } });

  it('answers in the one that is asked for, and says that it depends', async () => {
    const answers = await Promise.all([ask(), ask('text/html'), ask('application/pdf'), ask('text/csv')]);
    expect(answers.map(({ headers }) => headers['content-type'])).toEqual([
      'application/json; charset=utf-8',
      'text/html; charset=utf-8',
      'application/pdf',
      'text/csv',
    ]);
    expect(answers.map(({ headers }) => headers['vary'])).toEqual(Array(4).fill('Accept'));
    expect(answers.map(({ rawPayload }) => rawPayload)).toEqual([
      Buffer.from('{"figures":[1]}'),
      Buffer.from('<p>ü</p>'),
      Buffer.from([0x25, 0xff]),
      Buffer.from('a,b'),
    ]);
    expect(answers[3]?.headers['content-disposition']).toBe('attachment; filename="report.csv"');
  });

  it('refuses what it has not, and says what it has', async () => {
    const reply = await ask('image/png');
    expect(reply.headers).toMatchObject({ 'content-type': 'application/problem+json; charset=utf-8', vary: 'Accept' });
    expect(reply.json()).toMatchObject({
      status: 406,
      code: 'not-acceptable',
      detail: 'Accept one of application/json, text/html, text/csv, application/pdf.',
      available: types,
    });
  });
});

it('takes no file name that could say more than a name', () => {
  expect(() => attachment('a"; filename="b')).toThrow(RangeError);
});
