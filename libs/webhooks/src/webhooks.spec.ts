import { Webhook } from 'standardwebhooks';
import { testDatabases, type TestDatabase } from '#testing';
import { SpecLedger, until } from './spec-support/spec-ledger.js';
import { SpecReceiver, takes, type Received } from './spec-support/spec-receiver.js';

const hourMs = 3_600_000;

describe.each(testDatabases())('webhooks on $kind', ({ open }) => {
  let database: TestDatabase;
  let ledger: SpecLedger;
  let receiver: SpecReceiver;
  let count = 0;

  beforeAll(async () => {
    database = await open();
    ledger = await SpecLedger.start(database.connectionString);
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    await database.drop();
  });
  beforeEach(async () => {
    receiver = await SpecReceiver.start();
    await ledger.work();
  });
  afterEach(async () => {
    const { body } = await ledger.ask('GET', '/v1/webhooks', undefined, { role: 'admin' });
    for (const { webhookId } of body['items'] as { webhookId: string }[]) {
      await ledger.ask('DELETE', `/v1/webhooks/${webhookId}`, undefined, { role: 'admin' });
    }
    await ledger.stopWorkers();
    receiver.stop();
  });

  const aLicense = () => ledger.register(`license-${++count}.example`);
  const seen = (licenseId: string, sequences: number[], by = receiver) =>
    until(() => sequences.every((each) => by.firstSeen(licenseId).includes(each)));
  const deliveriesOf = async (webhookId: string) =>
    (await ledger.ask('GET', `/v1/webhooks/${webhookId}/deliveries`)).body as {
      items: {
        outcome: string;
        reason: string | null;
        status: number | null;
        sequence: number | null;
        response: string | null;
      }[];
      waiting: { count: number };
    };
  const read = async (webhookId: string) => (await ledger.ask('GET', `/v1/webhooks/${webhookId}`)).body;
  const holds = ({ body, headers }: Received, secret: string): boolean => {
    try {
      new Webhook(secret).verify(body, headers as Record<string, string>);
      return true;
    } catch {
      return false;
    }
  };

  it('sends what is recorded from then on, signed, in the order of the license', async () => {
    const before = await aLicense();
    const { webhookId, secret } = await ledger.webhook(receiver.url);
    const license = await aLicense();
    for (const seats of [61, 62, 63]) await ledger.changeSeats(license, seats);
    await seen(license, await ledger.eventsOf(license));
    expect(receiver.firstSeen(license)).toEqual(await ledger.eventsOf(license));
    expect(receiver.firstSeen(before)).toEqual([]);
    expect(receiver.received.every((each) => holds(each, secret))).toBe(true);
    await until(async () => (await deliveriesOf(webhookId)).items.length === receiver.received.length);
  });

  it('sends the types that were asked for alone', async () => {
    await ledger.webhook(receiver.url, ['io.seat-ledger.seats-increased.v1']);
    const license = await aLicense();
    await ledger.changeSeats(license, 61);
    await ledger.changeSeats(license, 50);
    await ledger.changeSeats(license, 62);
    await until(() => receiver.received.length === 2);
    expect(receiver.received.map(({ event }) => event.type)).toEqual(
      Array(2).fill('io.seat-ledger.seats-increased.v1'),
    );
  });

  it('lets a license wait behind its failed event, and no other', async () => {
    await ledger.webhook(receiver.url);
    const [stuck, other] = [await aLicense(), await aLicense()];
    await seen(other, await ledger.eventsOf(other));
    await seen(stuck, await ledger.eventsOf(stuck));
    const before = receiver.firstSeen(stuck).length;
    receiver.answers = (response, { event }) => void response.writeHead(event.subject === stuck ? 500 : 200).end();
    for (const seats of [61, 62, 63]) {
      await ledger.changeSeats(stuck, seats);
      await ledger.changeSeats(other, seats);
    }
    await seen(other, await ledger.eventsOf(other));
    expect(receiver.firstSeen(stuck)).toHaveLength(before + 1);
    receiver.answers = takes;
    ledger.forward(hourMs);
    await seen(stuck, await ledger.eventsOf(stuck));
    expect(receiver.firstSeen(stuck)).toEqual(await ledger.eventsOf(stuck));
  });

  it('keeps its place in a license that waits, also when it fails again under another worker', async () => {
    await ledger.webhook(receiver.url);
    const license = await aLicense();
    const events = await ledger.eventsOf(license);
    await seen(license, events);
    const last = events.length;
    const taken: number[] = [];
    const failAt = (refused: number | null) => {
      receiver.answers = (response, { event }) => {
        const sequence = Number(event.sequence);
        if (sequence !== refused) taken.push(sequence);
        response.writeHead(sequence === refused ? 500 : 204).end();
      };
    };
    const refusals = (sequence: number) => receiver.received.filter(({ event }) => Number(event.sequence) === sequence);
    failAt(last + 1);
    for (const seats of [61, 62, 63, 64, 65]) await ledger.changeSeats(license, seats);
    await until(() => refusals(last + 1).length > 0);
    for (const refused of [last + 3, null]) {
      await ledger.stopWorkers();
      failAt(refused);
      await ledger.work();
      ledger.forward(hourMs);
      if (refused !== null) await until(() => refusals(refused).length > 0);
    }
    await until(() => taken.includes(last + 5));
    expect(taken).toEqual([1, 2, 3, 4, 5].map((step) => last + step));
  });

  it.each<[string, (url: string) => void, RegExp]>([
    [
      '500',
      () => (receiver.answers = (response) => void response.writeHead(500).end('no\u0000 memory')),
      /answered 500$/,
    ],
    [
      'a redirect',
      (url) => (receiver.answers = (response) => void response.writeHead(302, { location: url }).end()),
      /answered 302, and redirects are not followed/,
    ],
    ['nothing', () => (receiver.answers = () => undefined), /no answer within 1000 ms/],
    [
      'an end too early',
      () => (receiver.answers = (response) => void response.socket?.destroy()),
      /hang up|ECONNRESET/,
    ],
  ])('counts %s as a failure and says so', async (_, answer, reason) => {
    const { webhookId } = await ledger.webhook(receiver.url);
    answer(receiver.url);
    await aLicense();
    await until(async () => (await deliveriesOf(webhookId)).items.length > 0);
    const { items, waiting } = await deliveriesOf(webhookId);
    expect(items[0]).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(reason) as unknown });
    expect(items[0]?.response ?? '').not.toContain('\u0000');
    expect(waiting.count).toBe(1);
  });

  it('counts any 2xx as taken, whatever comes with it', async () => {
    const { webhookId } = await ledger.webhook(receiver.url);
    receiver.answers = (response) => void response.writeHead(200).end('<html>'.repeat(10_000));
    await aLicense();
    await until(async () => (await deliveriesOf(webhookId)).items.length > 0);
    const { items, waiting } = await deliveriesOf(webhookId);
    expect([items[0]?.outcome, items[0]?.response?.length, waiting.count]).toEqual(['delivered', 500, 0]);
  });

  it('is not held up by an endpoint that hangs', async () => {
    const hanging = await SpecReceiver.start();
    let open = 0;
    hanging.answers = () => void open++;
    await ledger.webhook(hanging.url);
    await ledger.webhook(receiver.url);
    const license = await aLicense();
    await until(() => open > 0);
    const calls = hanging.received.length;
    await ledger.changeSeats(license, 61);
    await seen(license, await ledger.eventsOf(license));
    expect(hanging.received).toHaveLength(calls);
    hanging.stop();
  });

  it('disables after three days in vain, and goes on where it stopped when it is enabled', async () => {
    const { webhookId } = await ledger.webhook(receiver.url);
    const [one, two] = [await aLicense(), await aLicense()];
    await seen(one, await ledger.eventsOf(one));
    await seen(two, await ledger.eventsOf(two));
    receiver.answers = (response) => void response.writeHead(503).end();
    for (const seats of [61, 62]) {
      await ledger.changeSeats(one, seats);
      await ledger.changeSeats(two, seats);
    }
    for (let hour = 0; (await read(webhookId))['status'] === 'active'; hour += 6) {
      const tried = receiver.received.length;
      await until(
        async () =>
          receiver.received.length > tried ||
          (await read(webhookId))['status'] === 'disabled' ||
          Boolean(ledger.forward(6 * hourMs)),
      );
      if (hour > 400) throw new Error('it is not given up');
    }
    expect(await read(webhookId)).toMatchObject({ status: 'disabled', disabled: { reason: 'failing' } });
    const { body } = await ledger.ask('GET', '/v1/webhooks?status=disabled');
    expect(body['items']).toMatchObject([{ webhookId }]);
    const calls = receiver.received.length;
    const witness = await SpecReceiver.start();
    await ledger.webhook(witness.url);
    receiver.answers = takes;
    await ledger.changeSeats(one, 63);
    await until(() => witness.received.length > 0);
    witness.stop();
    expect(receiver.received).toHaveLength(calls);
    await ledger.ask('POST', `/v1/webhooks/${webhookId}/enable`);
    for (const license of [one, two]) {
      await seen(license, await ledger.eventsOf(license));
      expect(receiver.firstSeen(license)).toEqual(await ledger.eventsOf(license));
    }
  }, 60_000);

  it('disables at once when the endpoint says that it is gone', async () => {
    const { webhookId } = await ledger.webhook(receiver.url);
    receiver.answers = (response) => void response.writeHead(410).end();
    await aLicense();
    await until(async () => (await read(webhookId))['status'] === 'disabled');
    expect(await read(webhookId)).toMatchObject({ disabled: { reason: 'gone' } });
  });

  it('leaves an endpoint alone for as long as it asks', async () => {
    const witness = await SpecReceiver.start();
    const { webhookId } = await ledger.webhook(receiver.url);
    await ledger.webhook(witness.url);
    receiver.answers = (response) => void response.writeHead(429, { 'retry-after': '600' }).end();
    const license = await aLicense();
    // The ten minutes begin when the answer is there, which is after the endpoint has received the message.
    await until(async () => (await deliveriesOf(webhookId)).items.some(({ status }) => status === 429));
    expect(receiver.received).toHaveLength(1);
    receiver.answers = takes;
    ledger.forward(590_000);
    const other = await aLicense();
    await ledger.changeSeats(other, 61);
    await seen(other, await ledger.eventsOf(other), witness);
    expect(receiver.received).toHaveLength(1);
    ledger.forward(10_000);
    await seen(license, await ledger.eventsOf(license));
    await seen(other, await ledger.eventsOf(other));
    witness.stop();
  });

  it('replays from a position', async () => {
    const { webhookId } = await ledger.webhook(receiver.url);
    const license = await aLicense();
    await seen(license, await ledger.eventsOf(license));
    const events = await ledger.eventsOf(license);
    await ledger.ask('POST', `/v1/webhooks/${webhookId}/replay`, { after: 'start' });
    await until(() => receiver.received.filter(({ event }) => event.subject === license).length >= 2 * events.length);
    const wrong = await ledger.ask('POST', `/v1/webhooks/${webhookId}/replay`, { after: 'yesterday' });
    expect(wrong.status).toBe(400);
  });

  it('goes on from its checkpoint with repeats when the rows were lost', async () => {
    const { webhookId } = await ledger.webhook(receiver.url);
    const license = await aLicense();
    await seen(license, await ledger.eventsOf(license));
    await ledger.stopWorkers();
    for (const table of ['cursors', 'lines', 'endpoints', 'register']) {
      await ledger.pool.query(`DELETE FROM operations.webhook_${table}`);
    }
    await ledger.changeSeats(license, 70);
    await ledger.work({ checkpointMs: 20, flushMs: 10 });
    await seen(license, await ledger.eventsOf(license));
    expect(receiver.firstSeen(license)).toEqual(await ledger.eventsOf(license));
    await ledger.changeSeats(license, 71);
    await until(async () =>
      (await ledger.stream(`webhook-${webhookId}`)).some(({ type }) => type === 'WebhookCheckpointed'),
    );
  });

  it('shares endpoints among workers: each event comes once', async () => {
    await ledger.work();
    await ledger.webhook(receiver.url);
    const license = await aLicense();
    for (let seats = 61; seats < 70; seats++) await ledger.changeSeats(license, seats);
    const events = await ledger.eventsOf(license);
    await seen(license, events);
    expect(receiver.received.map(({ event }) => Number(event.sequence))).toEqual(events);
  });

  it('signs with both secrets after a rotation', async () => {
    const { webhookId, secret } = await ledger.webhook(receiver.url);
    const url = `/v1/webhooks/${webhookId}`;
    const rotated = await ledger.ask('POST', `${url}/rotate-secret`, {}, { role: 'service' }, 'rotate');
    const next = String(rotated.body['secret']);
    expect(next).not.toBe(secret);
    expect((await ledger.ask('POST', `${url}/rotate-secret`, {}, { role: 'service' }, 'rotate')).body).toEqual(
      rotated.body,
    );
    expect((await ledger.ask('POST', `${url}/test`)).body).toMatchObject({ outcome: 'delivered', status: 204 });
    expect(receiver.received.map((each) => [holds(each, secret), holds(each, next)])).toEqual([[true, true]]);
    await ledger.ask('POST', `${url}/rotate-secret`, { overlapHours: 0 });
    await ledger.ask('POST', `${url}/test`);
    expect(receiver.received.slice(1).map((each) => [holds(each, secret), holds(each, next)])).toEqual([
      [false, false],
    ]);
  });

  it('is changed and deleted by its owner, and shown to nobody else', async () => {
    const { webhookId } = await ledger.webhook(receiver.url);
    const url = `/v1/webhooks/${webhookId}`;
    const stranger = { role: 'service', subject: 'another' } as const;
    for (const [method, path] of [
      ['GET', url],
      ['POST', `${url}/test`],
      ['POST', `${url}/enable`],
      ['DELETE', url],
    ] as const) {
      expect((await ledger.ask(method, path, undefined, stranger)).status).toBe(404);
    }
    expect((await ledger.ask('GET', '/v1/webhooks', undefined, stranger)).body['items']).toEqual([]);
    expect((await ledger.ask('GET', url, undefined, { role: 'billing' })).status).toBe(403);
    const changed = await ledger.ask('PATCH', url, { types: ['io.seat-ledger.seats-reduced.v1'] });
    expect(changed.body).toMatchObject({ url: receiver.url, types: ['io.seat-ledger.seats-reduced.v1'] });
    expect(changed.body).not.toHaveProperty('secret');
    expect((await ledger.ask('PUT', url, { url: 'ftp://x.example' })).status).toBe(400);
    expect((await ledger.ask('DELETE', url)).status).toBe(204);
    expect((await ledger.ask('GET', url)).status).toBe(404);
  });
});
