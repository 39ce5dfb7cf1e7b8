import { definePlan, evolvePlan, isOnOffer, termsAt, type PlanEdition } from '#license';

const now = '2026-06-01T00:00:00.000Z';
const price = (amountMinor: number, currency = 'USD') => ({ currency, interval: 'month' as const, amountMinor });
const team = (...prices: ReturnType<typeof price>[]) => ({ planId: 'team', name: 'Team', prices });

function define(command: ReturnType<typeof team>, editions: readonly PlanEdition[] = [], at = now) {
  const decision = definePlan(command, editions, at);
  return 'accepted' in decision ? decision.accepted.reduce(evolvePlan, editions) : decision.refusal;
}

describe('a plan', () => {
  it('gets a new edition when its prices change, and none when they do not', () => {
    const first = define(team(price(1000), price(900, 'EUR'))) as PlanEdition[];
    expect(define(team(price(900, 'EUR'), price(1000)), first)).toHaveLength(1);
    expect(define(team(price(1100)), first)).toHaveLength(2);
  });

  it('keeps a withdrawn price for those who have it, and offers it to nobody else', () => {
    const both = define(team(price(1000), price(900, 'EUR'))) as PlanEdition[];
    const catalogue = new Map([['team', define(team(price(1100)), both, '2026-07-01T00:00:00.000Z') as PlanEdition[]]]);
    const euro = { planId: 'team', currency: 'EUR', interval: 'month' as const };
    expect(isOnOffer(catalogue, 'team', 'EUR', 'month')).toBe(false);
    expect(termsAt(catalogue, euro, '2026-08-01T00:00:00.000Z').unitPriceMinor).toBe(900);
    expect(() => termsAt(catalogue, { ...euro, currency: 'JPY' }, now)).toThrow("plan 'team' has no price in JPY");
  });

  it.each([
    ['no price', team(), 'prices'],
    ['a currency that is none', team(price(1, 'ABC')), 'prices[0].currency'],
    ['half a cent', team(price(0.5)), 'prices[0].amount'],
    ['a negative price', team(price(-1)), 'prices[0].amount'],
    ['two prices for one', team(price(1), price(2)), 'prices[1]'],
  ])('is refused with %s', (_, command, path) => {
    expect(define(command)).toMatchObject({ code: 'validation-failed', errors: [{ path }] });
  });
});
