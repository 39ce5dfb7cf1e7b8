import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditEntry, List } from '#contracts';
import { LedgerProcess, temporaryFolder, type Asking } from '../support/ledger-process.js';
import { IdentityProvider, type Tokens } from './oidc/identity-provider.js';

const license = { planId: 'team', seats: 60, currency: 'USD', interval: 'month' };

/** The service in production mode, with tokens of a real OpenID provider. */
describe('people of an identity provider', () => {
  const folder = temporaryFolder();
  let provider: IdentityProvider;
  let ledger: LedgerProcess;
  let ada: Tokens;

  const bearer = (token: string): Asking => ({ headers: { authorization: `Bearer ${token}` } });
  const licensesOf = (token: string) => ledger.get<List<{ domain: string }>>('/v1/licenses', bearer(token));

  beforeAll(async () => {
    provider = await IdentityProvider.start();
    ledger = await LedgerProcess.start(folder.path, {
      ...(await provider.settings()),
      NODE_ENV: 'production',
      LEDGER_SECRET: randomBytes(32).toString('base64'),
      PERSONAL_DATA_KEY: randomBytes(32).toString('base64'),
    });
    ada = await provider.login('ada');
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    await provider.stop();
    folder.remove();
  });

  it('log in, and see what is theirs', async () => {
    const { status, body } = await licensesOf(ada.access_token);
    expect([status, body]).toEqual([200, { items: [], nextCursor: null }]);
  });

  it('are not whom they did not prove to be', async () => {
    const mallory = await provider.login('mallory');
    const { status, body } = await licensesOf(mallory.access_token);
    expect([status, body]).toMatchObject([401, { detail: expect.stringContaining('verified email') as string }]);
  });

  it('have the role that the provider says', async () => {
    const fay = await provider.login('fay');
    expect((await ledger.get('/v1/audit', bearer(fay.access_token))).status).toBe(200);
    expect((await ledger.get('/v1/audit', bearer(ada.access_token))).status).toBe(403);
  });

  it('need the token that was made for the ledger', async () => {
    expect((await licensesOf(ada.id_token)).status).toBe(401);
    expect((await licensesOf(ada.refresh_token)).status).toBe(401);
    expect((await ledger.get('/v1/licenses')).status).toBe(401); // of the local key
  });

  it('go on with a token that was refreshed', async () => {
    const refreshed = await provider.refresh(ada);
    expect(refreshed.access_token).not.toBe(ada.access_token);
    expect((await licensesOf(refreshed.access_token)).status).toBe(200);
  });

  it('are known by a new key of the provider as well as by the one before', async () => {
    await provider.rotateKeys();
    const anew = await provider.login('ada');
    expect(kidOf(anew.access_token)).not.toBe(kidOf(ada.access_token));
    await untilTaken(anew.access_token);
    expect((await licensesOf(ada.access_token)).status).toBe(200);
    ada = anew;
  }, 30_000);

  it('are in the audit, with the program through which they came', async () => {
    const [olga, fay] = [await provider.login('olga'), await provider.login('fay')];
    const prices = [{ currency: 'USD', interval: 'month', amount: 1000 }];
    await ledger.put('/v1/plans/team', { name: 'Team', prices }, bearer(olga.access_token));
    const terms = { ...license, domain: 'acme.example', billingEmail: 'ada@acme.example' };
    const registered = await ledger.post('/v1/licenses', terms, bearer(ada.access_token));
    expect(registered.status).toBe(201);
    expect((await licensesOf(ada.access_token)).body.items).toMatchObject([{ domain: 'acme.example' }]);
    const { body } = await ledger.get<List<AuditEntry>>('/v1/audit?actor=ada', bearer(fay.access_token));
    expect(body.items.map(({ type }) => type)).toEqual(['InvoiceIssued', 'LicenseRegistered']);
    for (const { actor, client, requestId } of body.items) {
      expect({ actor, client, requestId }).toEqual({
        actor: { id: 'ada', role: 'customer' },
        client: 'customer-portal',
        requestId: registered.headers.get('x-request-id'),
      });
    }
  });

  /** A key that the ledger has not seen is fetched at once, but no sooner than five seconds after the last one. */
  async function untilTaken(token: string): Promise<void> {
    const deadline = Date.now() + 15_000;
    while ((await licensesOf(token)).status !== 200) {
      if (Date.now() > deadline) throw new Error('The ledger did not learn of the new key.');
      await sleep(100);
    }
  }
});

function kidOf(token: string): string {
  const [header = ''] = token.split('.');
  return (JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string }).kid;
}
