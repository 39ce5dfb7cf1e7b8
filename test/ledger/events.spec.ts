import type { License } from '#contracts';
import { SseReader } from '#testing';
import { lastingPort, LedgerProcess, temporaryFolder } from '../support/ledger-process.js';

const service = { role: 'service' } as const;

describe('A service that follows the events', () => {
  const folder = temporaryFolder();
  let port: string;
  let ledger: LedgerProcess;

  beforeAll(async () => {
    port = String(await lastingPort());
    ledger = await LedgerProcess.start(folder.path, { PORT: port });
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    folder.remove();
  });

  const follow = async (query: string, headers: Readonly<Record<string, string>> = {}) => {
    const authorization = `Bearer ${await ledger.token(service)}`;
    return SseReader.open(`${ledger.url}/v1/events${query}`, { authorization, ...headers });
  };
  const numbers = (reader: SseReader) => reader.events.map(({ sequence }) => Number(sequence));

  it('takes a snapshot, goes on behind it, and comes again over a restart, without a loss or a repeat', async () => {
    const license = await ledger.register('acme.example');
    await ledger.post(`${license}/seat-changes`, { seats: 48 });
    const { headers } = await ledger.post(`${license}/seat-changes`, { seats: 50 });
    const written = headers.get('ledger-position') ?? '';
    const authorization = `Bearer ${await ledger.token(service)}`;
    const asking = { headers: { authorization, 'ledger-min-position': written } };
    const snapshot = await (await fetch(`${ledger.url}/v1/licenses/snapshot`, asking)).text();
    const [head, line] = snapshot.split('\n').map((each) => (each === '' ? null : (JSON.parse(each) as unknown)));
    const { position } = head as { readonly position: string };
    expect(position).toBe(written);
    expect(line as License).toMatchObject({ domain: 'acme.example', seats: 50, sequence: '0000000004' });

    const first = await follow(`?after=${position}`);
    await ledger.post(`${license}/seat-changes`, { seats: 60 });
    await first.count(1);
    expect(first.events[0]).toMatchObject({
      type: 'io.seat-ledger.seats-increased.v1',
      sequence: '0000000005',
      data: { from: 50, to: 60 },
    });
    const metrics = await (await fetch(`${ledger.url}/metrics`)).text();
    expect(metrics).toMatch(/^ledger_event_streams 1$/m);
    const stopping = ledger.stop();
    await first.ended;
    expect(await stopping).toBe(0);

    ledger = await LedgerProcess.start(folder.path, { PORT: port });
    await ledger.post(`${license}/seat-changes`, { seats: 61 });
    const again = await follow(`?after=${position}`, { 'last-event-id': first.messages[0]?.id ?? '' });
    await ledger.post(`${license}/seat-changes`, { seats: 62 });
    await again.count(2);
    expect(numbers(again)).toEqual([6, 7]);
    again.leave();

    const { body: history } = await ledger.get<{ items: { sequence: string }[] }>('/v1/events/history', {
      as: service,
    });
    expect(history.items.map(({ sequence }) => Number(sequence))).toEqual([1, 2, 3, 4, 5, 6, 7]);
  }, 60_000);

  it('is described, with examples', async () => {
    const { body } = await ledger.get<{ paths: Record<string, { get: { summary: string; responses: object } }> }>(
      '/docs-json',
    );
    for (const path of ['/v1/events', '/v1/events/history', '/v1/licenses/snapshot', '/v1/events/asyncapi.json']) {
      expect(body.paths[path]?.get.summary).toMatch(/\w/);
    }
    expect(JSON.stringify(body.paths['/v1/events']?.get.responses)).toContain('io.seat-ledger.seats-reduced.v1');
  });
});
