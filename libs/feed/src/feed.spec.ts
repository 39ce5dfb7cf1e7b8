import type { PublicEvent } from '#contracts';
import { decodePosition, encodePosition } from '#http';
import { licenseIdOf } from '#license';
import { SpecFeed } from './spec-support/spec-feed.js';

const reduced = 'io.seat-ledger.seats-reduced.v1';
const registered = 'io.seat-ledger.license-registered.v1';
const at = '2026-06-11T09:00:00.000Z';

describe('The feed of events', () => {
  let feed: SpecFeed;
  let all: PublicEvent[];

  beforeAll(async () => {
    feed = await SpecFeed.start();
    await feed.player.plan('team', '2020-01-01T00:00:00.000Z', 1000);
    await feed.player.plan('pro', '2020-01-01T00:00:00.000Z', 2000);
    await feed.player.customers(60, 7);
    await feed.player.register('acme.example');
    all = await feed.history();
  }, 60_000);
  afterAll(() => feed.stop());

  const change = (domain: string, seats: number) =>
    feed.player.run({ domain, at, command: { type: 'ChangeSeats', seats } });
  const idsOf = (events: readonly PublicEvent[]) => events.map(({ id }) => id);

  it('tells each license its whole story in order, and nothing twice', () => {
    expect(all.length).toBeGreaterThan(200);
    expect(new Set(idsOf(all)).size).toBe(all.length);
    const next = new Map<string, number>();
    for (const { subject, sequence } of all) {
      expect(Number(sequence)).toBe(next.get(subject) ?? 1);
      next.set(subject, Number(sequence) + 1);
    }
    expect(next.size).toBe(61);
  });

  it('streams the same as history pages tell, from the beginning, and goes on with what comes', async () => {
    const reader = await feed.open();
    await reader.count(all.length);
    expect(reader.events).toEqual(all);
    expect(reader.messages.map(({ id }) => id)).toEqual(all.map(({ position }) => position));
    await change('acme.example', 48);
    const { events } = await reader.count(all.length + 1);
    expect(events.at(-1)).toMatchObject({ type: reduced, subject: licenseIdOf('acme.example'), data: { to: 48 } });
    all = await feed.history();
    expect(events).toEqual(all);
  });

  it('goes on behind the id that was received last, wherever that is', async () => {
    for (const place of [0, 1, 99, 100, all.length - 2]) {
      const reader = await feed.open('?after=start', { 'last-event-id': all[place]!.position });
      await reader.count(all.length - place - 1);
      expect(idsOf(reader.events)).toEqual(idsOf(all.slice(place + 1)));
      reader.leave();
    }
  });

  it('begins after a position, or with what comes from now on', async () => {
    const from = all[all.length - 3]!.position;
    const [late, now] = await Promise.all([feed.open(`?after=${from}`), feed.open('?after=end')]);
    await late.count(2);
    await change('acme.example', 47);
    await Promise.all([late.count(3), now.count(1)]);
    expect(idsOf(late.events.slice(0, 2))).toEqual(idsOf(all.slice(-2)));
    expect(now.events).toEqual(late.events.slice(2));
    all = await feed.history();
  });

  it('tells of the types or of the license that were asked for', async () => {
    const licenseId = licenseIdOf('acme.example');
    const wanted = (events: PublicEvent[]) => events.filter(({ type }) => type === reduced || type === registered);
    const [typed, own] = await Promise.all([
      feed.open(`?types=${reduced},${registered}`),
      feed.open(`?licenseId=${licenseId}`),
    ]);
    const ofAcme = all.filter(({ subject }) => subject === licenseId);
    await typed.count(wanted(all).length);
    await own.count(ofAcme.length);
    await change('customer-1.example', 11);
    await change('acme.example', 46);
    await typed.until('the newest has come', () => typed.events.at(-1)?.subject === licenseId);
    await own.count(ofAcme.length + 1);
    all = await feed.history();
    expect(typed.events).toEqual(wanted(all));
    expect(own.events).toEqual(all.filter(({ subject }) => subject === licenseId));
    expect(await feed.history(`&types=${reduced}&types=${registered}`)).toEqual(wanted(all));
    expect(await feed.history(`&licenseId=${licenseId}`)).toEqual(own.events);
    const after = own.events[1]!.position;
    expect(await feed.history(`&licenseId=${licenseId}&types=${reduced}&after=${after}`)).toEqual(
      own.events.slice(2).filter(({ type }) => type === reduced),
    );
  });

  it('says at the end of history where to go on, and has what was just written', async () => {
    const { body: end } = await feed.get(`/v1/events/history?after=${all.at(-1)!.position}`);
    expect(end).toMatchObject({ items: [], nextCursor: null });
    await change('acme.example', 45);
    const { body: next } = await feed.get(`/v1/events/history?after=${end.position}`);
    expect(next.items).toMatchObject([{ data: { to: 45 } }]);
    expect(next.nextCursor).toBeNull();
    all = await feed.history();
  });

  it.each(['after=yesterday', 'types=SeatsReduced', `types=${reduced},`, 'licenseId=acme', 'from=start'])(
    'refuses ?%s',
    async (query) => {
      for (const path of ['/v1/events', '/v1/events/history']) {
        const { status, body } = await feed.get(`${path}?${query}`);
        expect([status, body['code']]).toEqual([400, 'validation-failed']);
      }
    },
  );

  it('refuses a position beyond the end of the log, where a consumer would wait for ever', async () => {
    const { commit, prepare } = decodePosition(all.at(-1)!.position, '');
    const beyond = encodePosition({ commit: commit + 1_000_000n, prepare: prepare + 1_000_000n });
    const refusals = [
      await feed.get(`/v1/events/history?after=${beyond}`),
      await feed.get('/v1/events', 'service', { 'last-event-id': beyond }),
    ];
    for (const { status, body } of refusals) {
      expect([status, body['detail']]).toEqual([400, expect.stringContaining('of another one')]);
    }
  });

  it('is open to services, to finance and to admins', async () => {
    for (const role of ['service', 'finance', 'admin'] as const) {
      expect((await feed.get('/v1/events/history?limit=1', role)).status).toBe(200);
    }
    for (const role of ['customer', 'helpdesk', 'billing', 'support'] as const) {
      expect((await feed.get('/v1/events/history', role)).status).toBe(403);
      expect((await feed.get('/v1/events', role)).status).toBe(403);
    }
    expect((await fetch(`${feed.url}/v1/events`)).status).toBe(401);
  });

  it('says to anybody what the events look like', async () => {
    const catalogue = (await (await fetch(`${feed.url}/v1/events/asyncapi.json`)).json()) as Record<string, unknown>;
    expect(catalogue).toMatchObject({ asyncapi: '3.0.0' });
    const [, name] = /^urn:seat-ledger:event:(.+)$/.exec(all[0]!.dataschema) ?? [];
    const schema = (await (await fetch(`${feed.url}/v1/events/schemas/${name}`)).json()) as Record<string, unknown>;
    expect(schema).toMatchObject({ $id: all[0]!.dataschema, type: 'object' });
    expect((await fetch(`${feed.url}/v1/events/schemas/toString`)).status).toBe(404);
  });

  it('goes on when the event store is back, without loss or repeat', async () => {
    const reader = await feed.open(`?after=${all.at(-2)!.position}`);
    await reader.count(1);
    await feed.without(async () => {
      const { status, body } = await feed.get('/v1/events/history');
      expect([status, body['code']]).toEqual([503, 'event-store-unavailable']);
    });
    await feed.player.register('back.example');
    await reader.until('it has heard of it', () => reader.events.at(-1)?.subject === licenseIdOf('back.example'));
    all = await feed.history();
    expect(reader.events).toEqual(all.slice(-reader.messages.length));
  }, 30_000);

  it('stops before an event that it can not tell, and leaves nothing out', async () => {
    const before = all.at(-1)!.position;
    const reader = await feed.open(`?after=${before}`);
    await feed.append('acme.example', 'StaffCountReported');
    await feed.append('back.example', 'LicenseEaten');
    await feed.append('acme.example', 'StaffCountReported');
    await reader.ended;
    expect(reader.events.map(({ type }) => type)).toEqual(['io.seat-ledger.staff-count-reported.v1']);
    const { body } = await feed.get(`/v1/events/history?after=${before}`);
    expect(body.items).toEqual(reader.events);
    expect(body.nextCursor).toBe(reader.events[0]!.position);
    expect((await feed.get(`/v1/events/history?after=${body.nextCursor}`)).status).toBe(500);
    expect((await feed.history(`&licenseId=${licenseIdOf('acme.example')}`)).at(-1)!.type).toContain('staff-count');
  });

  it('ends its streams in order when the service stops', async () => {
    const reader = await feed.open('?after=end');
    const startedAt = performance.now();
    await feed.app.close();
    await reader.ended;
    expect(reader.text).toContain('\n\n');
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
