import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HelpdeskAccess, List, Propagation, SeatChange } from '#contracts';
import { LedgerProcess, temporaryFolder } from '../support/ledger-process.js';
import { SimulatorProcess, type InstanceView } from '../support/simulator-process.js';

const domain = 'acme.example';
const callbackTimeoutMs = 500;

/** In real time: what is due at once is done at once. */
describe('a helpdesk instance and its ledger', () => {
  const folder = temporaryFolder();
  let ledger: LedgerProcess;
  let helpdesk: SimulatorProcess;
  let license: string;

  const startSimulator = (port: number) =>
    SimulatorProcess.start(ledger.url, folder.path, join(folder.path, 'instances'), port);

  beforeAll(async () => {
    ledger = await LedgerProcess.start(folder.path, { LEDGER_CALLBACK_TIMEOUT_MS: String(callbackTimeoutMs) });
    helpdesk = await startSimulator(0);
    license = await ledger.register(domain, { seats: 5, callbackUrl: helpdesk.callbackUrl(domain) });
  }, 60_000);
  afterAll(async () => {
    await helpdesk.stop();
    await ledger.stop();
    folder.remove();
  });

  const changeSeats = async (seats: number): Promise<string> => {
    const { status, body } = await ledger.post<SeatChange>(`${license}/seat-changes`, { seats });
    expect(status).toBe(201);
    return body.changeId;
  };
  /** The change, as soon as it is as it should be. */
  const untilChange = async (changeId: string, isSo: (change: Propagation) => boolean): Promise<Propagation> => {
    for (;;) {
      const { body } = await ledger.get<List<Propagation>>(`${license}/propagations`);
      const change = body.items.find((one) => one.changeId === changeId);
      if (change !== undefined && isSo(change)) return change;
      await sleep(20);
    }
  };
  const arrived = ({ status }: Propagation) => status === 'propagated';
  const report = (active: number, force = false) =>
    helpdesk.ask<InstanceView & { ledger: HelpdeskAccess }>('POST', domain, 'staff', { active, force });

  it('fetches what it is allowed when it is set up, and is told of each change', async () => {
    const { body } = await helpdesk.ask<InstanceView>('POST', domain, 'connect');
    expect(body.entitlement).toMatchObject({ domain, seats: 5, planId: 'team', status: 'active' });
    const change = await untilChange(await changeSeats(6), arrived);
    expect(change).toMatchObject({ attempts: 1, lastError: null, late: false });
    expect((await helpdesk.view(domain)).entitlement).toMatchObject({ seats: 6, revision: change.revision });
  });

  it('keeps its staff within its seats, and is locked where it could not', async () => {
    expect((await report(6)).body).toMatchObject({ access: 'accessible', ledger: { access: 'accessible' } });
    expect(await report(7)).toMatchObject({ status: 409, body: { error: 'Staff count exceeded. (7 > 6)' } });
    const message = 'Staff count exceeded. (7 > 6). Please contact support for further assistance.';
    const locked = { access: 'locked', message };
    expect((await report(7, true)).body).toMatchObject({ ...locked, ledger: locked });
    expect((await report(4)).body).toMatchObject({ access: 'accessible', ledger: { access: 'accessible' } });
  });

  it.each([
    ['fails', { kind: 'fail' }, 'the instance answered 500'],
    ['acknowledges what it was not given', { kind: 'wrong' }, 'Apply the entitlement and acknowledge again.'],
    ['is away', { kind: 'away' }, 'socket hang up'],
    ['is slow', { kind: 'slow', delayMs: 2 * callbackTimeoutMs }, `no answer within ${callbackTimeoutMs} ms`],
  ])('has a change brought again when it %s', async (_, behaviour, error) => {
    await helpdesk.ask('PUT', domain, 'behaviour', behaviour);
    const { seats } = (await ledger.get<{ seats: number }>(license)).body;
    const changeId = await changeSeats(seats + 1);
    const failed = await untilChange(changeId, ({ attempts }) => attempts > 0);
    expect(failed).toMatchObject({ status: 'pending', lastError: expect.stringContaining(error) });
    await helpdesk.ask('PUT', domain, 'behaviour', { kind: 'well' });
    const { status } = await ledger.post(`/v1/propagations/${changeId}/retry`, {}, { as: { role: 'support' } });
    expect(status).toBe(202);
    await untilChange(changeId, arrived);
    expect((await helpdesk.view(domain)).entitlement?.seats).toBe(seats + 1);
  });

  it('believes nobody but its ledger', async () => {
    const before = await helpdesk.view(domain);
    const as = { role: 'helpdesk', domain } as const;
    const { body } = await ledger.get(`/v1/helpdesks/${domain}/entitlement`, { as });
    const headers = {
      'webhook-id': 'entitlement_1',
      'webhook-timestamp': String(Math.floor(Date.now() / 1_000)),
      'webhook-signature': 'v1,bm90IHRoZSBsZWRnZXIncyBzaWduYXR1cmU=',
    };
    expect((await helpdesk.ask('POST', domain, 'entitlement', body, headers)).status).toBe(401);
    expect(await helpdesk.view(domain)).toEqual(before);
  });

  it('knows all of it after a restart', async () => {
    const before = await helpdesk.view(domain);
    const { port } = new URL(helpdesk.url);
    await helpdesk.stop();
    const changeId = await changeSeats(20);
    await untilChange(changeId, ({ lastError }) => lastError?.includes('ECONNREFUSED') === true);
    helpdesk = await startSimulator(Number(port));
    expect(await helpdesk.view(domain)).toEqual(before);
    await ledger.post(`/v1/propagations/${changeId}/retry`);
    await untilChange(changeId, arrived);
  });
});
