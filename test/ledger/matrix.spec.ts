import { access, mayCall, type Allowed, type Role, type TokenRequest } from '#auth';
import { LedgerProcess, temporaryFolder } from '../support/ledger-process.js';
import { routesOf, type DescribedRoute, type Description } from './matrix/described-routes.js';
import { anonymous, callerOf, callOn, isOfLicense, registered, unregistered, type Target } from './matrix/target.js';

const roles: readonly Role[] = ['customer', 'helpdesk', 'billing', 'finance', 'support', 'service', 'admin'];
const scoped: readonly Role[] = ['customer', 'helpdesk'];
const names = Object.keys(access) as (keyof typeof access)[];

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Every route, for every role, on what is its own and what is not, and without a token. */
describe('who may do what', () => {
  const folder = temporaryFolder();
  const counts = new Map<string, number>();
  let ledger: LedgerProcess;
  let described: ReadonlyMap<string, DescribedRoute>;
  let own: Target;
  let foreign: Target;
  const nobody = unregistered();
  let fresh = 0;

  beforeAll(async () => {
    ledger = await LedgerProcess.start(folder.path, { LEDGER_TEST_CLOCK: '2026-06-11T09:00:00Z' });
    const { body } = await ledger.get<Description>('/docs-json');
    described = new Map(routesOf(body).map((route) => [route.name, route]));
    await ledger.put('/v1/plans/team', {
      name: 'Team',
      prices: [{ currency: 'USD', interval: 'month', amount: 1000 }],
    });
    own = await registered(ledger, 'own.example');
    foreign = await registered(ledger, 'foreign.example');
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    folder.remove();
    const calls = [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
    process.stderr.write(`Matrix: ${names.length} routes, ${roles.length} roles; calls: ${calls}\n`);
  });

  const call = async (route: DescribedRoute, to: Target, as?: TokenRequest): Promise<Answer> => {
    const { url, body } = callOn(route, to);
    const response = await fetch(ledger.url + url, {
      method: route.method,
      headers: {
        ...(as !== undefined && { authorization: `Bearer ${await ledger.token(as)}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const isEndless = response.headers.get('content-type')?.includes('text/event-stream') === true;
    if (isEndless) await response.body?.cancel();
    return { status: response.status, text: isEndless ? '' : await response.text() };
  };
  const count = (outcome: string): void => void counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  /** A license that the call may change as it likes. */
  const spare = (): Promise<Target> => registered(ledger, `spare-${++fresh}.example`);

  it('is said of the very routes that the ledger describes', () => {
    expect([...described.keys()].sort()).toEqual([...names].sort());
  });

  describe.each(names)('%s', (name) => {
    const allowed: Allowed = access[name];
    const routeOf = (): DescribedRoute => described.get(name) ?? fail(name);

    it(allowed === 'everyone' ? 'needs no token' : 'needs a token', async () => {
      const { status } = await call(routeOf(), own);
      count('without a token');
      if (allowed === 'everyone') expect(status).toBe(200);
      else expect(status).toBe(401);
    });

    it.each(roles)('as %s', async (role) => {
      const route = routeOf();
      const as = callerOf(role, own);
      if (!mayCall(role, allowed)) {
        for (const to of [own, foreign]) {
          const { status, text } = await call(route, to, as);
          expect([status, text]).toEqual([403, expect.stringContaining('"forbidden"')]);
          count('refused to the role');
        }
        return;
      }
      const mine = route.changes && isOfLicense(route) ? await spare() : own;
      const answer = await call(route, mine, callerOf(role, mine));
      count('let in');
      expect([401, 403, 500]).not.toContain(answer.status);
      if (isOfLicense(route)) expect(answer.status).not.toBe(404);
      if (!scoped.includes(role) || allowed === 'everyone') return;

      expect(answer.text.toLowerCase()).not.toMatch(/foreign\.example/);
      expect(answer.text).not.toContain(foreign.values['licenseId']);
      if (!isOfLicense(route)) return;
      const [theirs, nobodys] = [await call(route, foreign, as), await call(route, nobody, as)];
      expect([theirs.status, anonymous(theirs.text, foreign)]).toEqual([404, anonymous(nobodys.text, nobody)]);
      count('kept from a foreign license');
    });
  });

  it('lets a customer register for its own billing email alone', async () => {
    const route = described.get('POST /v1/licenses') ?? fail('POST /v1/licenses');
    expect((await call(route, foreign, callerOf('customer', own))).status).toBe(403);
  });
});

function fail(name: string): never {
  throw new Error(`The ledger does not describe ${name}.`);
}
