import { setTimeout as sleep } from 'node:timers/promises';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { Webhook } from 'standardwebhooks';
import { propagationStream } from '#license';
import { ledgerSchema, operationsSchema } from '#read-model';
import { testDatabases, type TestDatabase } from '#testing';
import { acknowledges, SpecInstance } from './spec-support/spec-instance.js';
import { SpecLedger } from './spec-support/spec-ledger.js';

describe.each(testDatabases())('propagation on $kind', ({ open }) => {
  let database: TestDatabase;
  let ledger: SpecLedger;
  let instance: SpecInstance;

  beforeAll(async () => {
    database = await open();
    ledger = await SpecLedger.start(database.connectionString);
  });
  afterAll(async () => {
    await ledger.stop();
    await database.drop();
  });
  beforeEach(async () => {
    instance = await SpecInstance.start();
  });
  afterEach(() => instance.stop());

  const helpdesk = (domain: string) => ({ role: 'helpdesk', domain }) as const;
  const eventsOf = async (changeId: string) =>
    (await ledger.eventsOf(propagationStream(changeId))).map(({ type, data }) => ({ type, data }));
  const acknowledge = (domain: string, body: object, key?: string) =>
    ledger.ask('POST', `/v1/helpdesks/${domain}/acknowledgements`, body, helpdesk(domain), key);

  describe('by push', () => {
    it('brings the entitlement, signed twice, and takes the answer for the acknowledgement', async () => {
      const licenseId = await ledger.register('push.example', instance.url);
      const { changeId, revision } = await ledger.changeSeats('push.example', 48);
      expect(await ledger.push(licenseId)).toMatchObject({ kind: 'acknowledged', revision });
      expect(await eventsOf(changeId)).toEqual([
        {
          type: 'ChangePropagated',
          data: {
            effectiveAt: ledger.clock.now(),
            changeId,
            licenseId,
            acknowledgedRevision: revision,
            seats: 48,
            late: false,
          },
        },
      ]);
      expect(await ledger.attempts(changeId)).toEqual({ attempts: 1, last_error: null, next_attempt_at: null });

      const [received] = instance.received;
      const { jws, ...rest } = received!.entitlement;
      expect(rest).toMatchObject({ domain: 'push.example', seats: 48, status: 'active', revision });
      const keys = (await ledger.ask('GET', '/.well-known/jwks.json')).body as unknown as JSONWebKeySet;
      const { payload } = await compactVerify(jws, createLocalJWKSet(keys));
      expect(JSON.parse(Buffer.from(payload).toString())).toEqual(rest);
      const secretUrl = '/v1/helpdesks/push.example/callback-secret';
      const { secret } = (await ledger.ask('GET', secretUrl, undefined, helpdesk('push.example'))).body;
      const headers = received!.headers as Record<string, string>;
      expect(new Webhook(secret as string).verify(received!.body, headers)).toEqual(received!.entitlement);
    });

    it('is one call for all changes, and none once they are settled', async () => {
      const licenseId = await ledger.register('twice.example', instance.url);
      const first = await ledger.changeSeats('twice.example', 50);
      const second = await ledger.changeSeats('twice.example', 70);
      expect((await ledger.push(licenseId)).kind).toBe('acknowledged');
      expect((await ledger.push(licenseId)).kind).toBe('settled');
      expect(instance.received.map(({ entitlement: { seats } }) => seats)).toEqual([70]);
      for (const { changeId } of [first, second]) expect(await eventsOf(changeId)).toHaveLength(1);
    });

    it.each([
      ['fails', () => ({ status: 500, body: {} }), 'the instance answered 500'],
      ['redirects', () => ({ status: 302, body: {} }), 'the instance answered 302'],
      ['does not acknowledge', () => ({ status: 200, body: 'ok' }), 'without { revision, seats }'],
      ['acknowledges other seats', () => ({ status: 200, body: { revision: 3, seats: 47 } }), '47 seats'],
      ['acknowledges what is to come', () => ({ status: 200, body: { revision: 99, seats: 48 } }), 'Revision 99'],
      ['acknowledges an older one', () => ({ status: 200, body: { revision: 1, seats: 60 } }), 'not yet 3'],
    ])('is repeated when the instance %s', async (name, answers, error) => {
      const domain = `${name.replaceAll(/\W/g, '-')}.example`;
      const licenseId = await ledger.register(domain, instance.url);
      const { changeId } = await ledger.changeSeats(domain, 48);
      instance.answers = answers;
      expect(await ledger.push(licenseId)).toMatchObject({ kind: 'failed', error: expect.stringContaining(error) });
      expect(await eventsOf(changeId)).toEqual([]);
      const { next_attempt_at: next, ...seen } = (await ledger.attempts(changeId)) as Record<string, unknown>;
      expect(seen).toEqual({ attempts: 1, last_error: expect.stringContaining(error) });
      const delayMs = Date.parse(next as string) - ledger.clock.nowMs();
      expect([delayMs >= 5_000, delayMs <= 6_250]).toEqual([true, true]);
      instance.answers = acknowledges;
      expect((await ledger.push(licenseId)).kind).toBe('waiting');
      expect(instance.received).toHaveLength(1);
      ledger.clock.moveTo(next as string);
      expect((await ledger.push(licenseId)).kind).toBe('acknowledged');
      expect(await ledger.attempts(changeId)).toEqual({ attempts: 2, last_error: null, next_attempt_at: null });
    });

    it('does not wait for an earlier change once there is a newer one', async () => {
      const licenseId = await ledger.register('newer.example', instance.url);
      await ledger.changeSeats('newer.example', 50);
      instance.answers = () => ({ status: 500, body: {} });
      expect((await ledger.push(licenseId)).kind).toBe('failed');
      instance.answers = acknowledges;
      await ledger.changeSeats('newer.example', 40);
      expect((await ledger.push(licenseId)).kind).toBe('acknowledged');
    });

    it('is one at a time, however many workers come to it at once', async () => {
      const licenseId = await ledger.register('turns.example', instance.url);
      const { revision } = await ledger.changeSeats('turns.example', 48);
      const kinds = (await Promise.all(Array.from({ length: 8 }, () => ledger.push(licenseId)))).map(
        ({ kind }) => kind,
      );
      expect(kinds.filter((kind) => kind === 'acknowledged')).toHaveLength(1);
      // One that comes after the acknowledgement finds nothing left to do.
      for (const kind of kinds) expect(['acknowledged', 'busy', 'settled']).toContain(kind);
      expect(instance.received.map(({ entitlement }) => entitlement.revision)).toEqual([revision]);
    });

    it('is left to another worker when the one that held the license is lost', async () => {
      const licenseId = await ledger.register('lease.example', instance.url);
      await ledger.changeSeats('lease.example', 48);
      const lease = (until: string) =>
        ledger.pool.query(
          `INSERT INTO ${operationsSchema}.push_leases VALUES ($1, gen_random_uuid(), now() + $2::interval)
           ON CONFLICT (license_id) DO UPDATE SET until = excluded.until`,
          [licenseId, until],
        );
      await lease('1 minute');
      expect((await ledger.push(licenseId)).kind).toBe('busy');
      await lease('-1 second');
      expect((await ledger.push(licenseId)).kind).toBe('acknowledged');
    });

    it('is left for another turn when what comes before the call took so long that the turn may be over', async () => {
      const licenseId = await ledger.register('stalled.example', instance.url);
      await ledger.changeSeats('stalled.example', 48);
      const blocking = await ledger.pool.connect();
      await blocking.query('BEGIN');
      await blocking.query(`LOCK TABLE ${operationsSchema}.push_attempts`);
      const pushing = ledger.push(licenseId);
      await sleep(5_500);
      await blocking.query('COMMIT');
      blocking.release();
      expect((await pushing).kind).toBe('busy');
      expect(instance.received).toEqual([]);
      expect((await ledger.push(licenseId)).kind).toBe('acknowledged');
    });

    it('is not tried where there is nobody to call', async () => {
      const licenseId = await ledger.register('behind.example');
      const { changeId } = await ledger.changeSeats('behind.example', 48);
      expect((await ledger.push(licenseId)).kind).toBe('no-callback');
      expect(await ledger.attempts(changeId)).toEqual({ attempts: 0, last_error: null, next_attempt_at: null });
    });

    it('finds the same passing of the deadline recorded, whoever noticed it', async () => {
      const noticed = async (domain: string, notice: (of: { licenseId: string; changeId: string }) => unknown) => {
        const licenseId = await ledger.register(domain, instance.url);
        const { changeId } = await ledger.changeSeats(domain, 48);
        return async () => {
          await notice({ licenseId, changeId });
          await ledger.push(licenseId);
          const events = await ledger.eventsOf(propagationStream(changeId));
          return events.map(({ type, metadata: { rolled, actor } }) => ({ type, rolled, by: actor.id }));
        };
      };
      const byJob = await noticed('missed.example', (of) => ledger.missDeadline(of));
      const byPush = await noticed('arrived.example', () => undefined);
      ledger.clock.moveTo(new Date(ledger.clock.nowMs() + 86_400_000).toISOString());
      const expected = [
        { type: 'ChangePropagationOverdue', rolled: true, by: 'time' },
        { type: 'ChangePropagated', rolled: false, by: 'time' },
      ];
      expect([await byJob(), await byPush()]).toEqual([expected, expected]);
    });

    it('starts anew when its rows are lost', async () => {
      const licenseId = await ledger.register('lost.example', instance.url);
      const { changeId } = await ledger.changeSeats('lost.example', 48);
      instance.answers = () => ({ status: 503, body: {} });
      await ledger.push(licenseId);
      await ledger.pool.query(`TRUNCATE ${operationsSchema}.push_attempts`);
      instance.answers = acknowledges;
      expect((await ledger.push(licenseId)).kind).toBe('acknowledged');
      expect(await eventsOf(changeId)).toHaveLength(1);
    });

    it('is asked for by support', async () => {
      const licenseId = await ledger.register('retry.example', instance.url);
      const { changeId, revision } = await ledger.changeSeats('retry.example', 48);
      const project = (change: { changeId: string; revision: number }) =>
        ledger.pool.query(
          `INSERT INTO ${ledgerSchema}.propagations (change_id, license_id, revision, kind, requested_at, deadline)
           VALUES ($1, $2, $3, 'SeatsReduced', now(), now())`,
          [change.changeId, licenseId, change.revision],
        );
      await project({ changeId, revision });
      const retry = (id: string, role: 'support' | 'finance', key?: string) =>
        ledger.ask('POST', `/v1/propagations/${id}/retry`, undefined, { role }, key);
      const accepted = { status: 202, body: { changeId, licenseId } };
      expect(await retry(changeId, 'support')).toEqual(accepted);
      expect(ledger.queue.asked).toEqual([licenseId]);
      expect((await retry(licenseId, 'support')).status).toBe(404);
      expect((await retry(changeId, 'finance')).status).toBe(403);

      // Once for each key: a request that is sent again, for its answer was lost, asks for nothing more.
      instance.answers = () => ({ status: 500, body: {} });
      for (const [key, kind] of [
        ['k1', 'failed'],
        ['k1', 'waiting'],
        ['k2', 'failed'],
      ] as const) {
        expect(await retry(changeId, 'support', key)).toEqual(accepted);
        expect((await ledger.push(licenseId)).kind).toBe(kind);
      }
      const other = await ledger.changeSeats('retry.example', 50);
      await project(other);
      expect(await retry(other.changeId, 'support', 'k1')).toMatchObject({
        status: 422,
        body: { code: 'idempotency-key-reused' },
      });
    });
  });

  describe('by fetching', () => {
    it('gives the instance what it is allowed, and settles every change up to the one that it acknowledges', async () => {
      const licenseId = await ledger.register('fetch.example');
      const first = await ledger.changeSeats('fetch.example', 50);
      const second = await ledger.changeSeats('fetch.example', 40);
      const url = '/v1/helpdesks/Fetch.Example/entitlement';
      const { status, body } = await ledger.ask('GET', url, undefined, helpdesk('fetch.example'));
      expect([status, body['seats'], body['revision']]).toEqual([200, 40, second.revision]);
      const third = await ledger.changeSeats('fetch.example', 30);
      const request = { revision: second.revision, seats: 40 };
      const answer = { status: 200, body: { domain: 'fetch.example', ...request } };
      expect(await acknowledge('fetch.example', request, 'k1')).toEqual(answer);
      expect(await acknowledge('fetch.example', request, 'k1')).toEqual(answer);
      expect(await acknowledge('fetch.example', { revision: 0, seats: 60 }, 'k1')).toMatchObject({
        status: 422,
        body: { code: 'idempotency-key-reused' },
      });
      const counts = await Promise.all([first, second, third].map(async (of) => (await eventsOf(of.changeId)).length));
      expect(counts).toEqual([1, 1, 0]);
      expect((await eventsOf(first.changeId))[0]?.data).toMatchObject({
        licenseId,
        acknowledgedRevision: 4,
        seats: 40,
      });
    });

    it('settles once, however many acknowledge at once', async () => {
      await ledger.register('many.example');
      const changes: { changeId: string; revision: number }[] = [];
      for (const seats of [50, 40, 30]) changes.push(await ledger.changeSeats('many.example', seats));
      const acks = changes.flatMap(({ revision }, index) =>
        Array.from({ length: 5 }, () => acknowledge('many.example', { revision, seats: 50 - 10 * index })),
      );
      expect(new Set((await Promise.all(acks)).map(({ status }) => status))).toEqual(new Set([200]));
      for (const { changeId } of changes) expect(await eventsOf(changeId)).toHaveLength(1);
    });

    it('refuses a wrong seat count, and notes it', async () => {
      const licenseId = await ledger.register('wrong.example');
      const { changeId, revision } = await ledger.changeSeats('wrong.example', 48);
      expect(await acknowledge('wrong.example', { revision, seats: 60 })).toMatchObject({
        status: 409,
        body: { code: 'entitlement-mismatch', expectedSeats: 48, revision },
      });
      expect(await eventsOf(changeId)).toEqual([]);
      const noted = { attempts: 0, last_error: expect.stringContaining('60') };
      expect(await ledger.attempts(changeId)).toMatchObject(noted);
      // It stays noted when a worker finds that there is nobody to call.
      expect((await ledger.push(licenseId)).kind).toBe('no-callback');
      expect(await ledger.attempts(changeId)).toEqual({ ...noted, next_attempt_at: null });
    });

    it("is the instance's own alone", async () => {
      await ledger.register('own.example');
      for (const path of ['entitlement', 'callback-secret']) {
        const url = `/v1/helpdesks/own.example/${path}`;
        expect((await ledger.ask('GET', url, undefined, helpdesk('other.example'))).status).toBe(404);
      }
      const body = { revision: 1, seats: 60 };
      const url = '/v1/helpdesks/own.example/acknowledgements';
      expect((await ledger.ask('POST', url, body, helpdesk('other.example'))).status).toBe(404);
      expect((await ledger.ask('POST', url, body, { role: 'billing' })).status).toBe(403);
    });

    it('finds the license rolled forward', async () => {
      const clock = ledger.clock;
      const { status, body } = await ledger.ask('POST', '/v1/licenses', {
        ...{ domain: 'late.example', billingEmail: 'a@late.example', planId: 'team', seats: 5, currency: 'USD' },
        ...{ interval: 'month', startedOn: '2026-06-01' },
      });
      expect([status, body['status']]).toEqual([201, 'active']);
      clock.moveTo('2026-06-16T00:00:00Z');
      const url = '/v1/helpdesks/late.example/entitlement';
      expect((await ledger.ask('GET', url)).body).toMatchObject({ status: 'expired', revision: 3 });
    });
  });

  // The last, for nothing works without it.
  describe('when the event store goes away during a call', () => {
    it('counts the call, and leaves it to be made again at once', async () => {
      const licenseId = await ledger.register('gone.example', instance.url);
      const { changeId } = await ledger.changeSeats('gone.example', 48);
      instance.answers = async (received) => {
        await ledger.stopEventStore();
        return acknowledges(received);
      };
      await expect(ledger.push(licenseId)).rejects.toThrow('event store');
      expect(await ledger.attempts(changeId)).toEqual({
        attempts: 1,
        last_error: null,
        next_attempt_at: ledger.clock.now(),
      });
    });
  });
});
