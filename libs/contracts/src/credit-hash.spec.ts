import { creditHash, creditText } from './credit-hash.js';
import type { CreditEntry } from './credit.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const licenseId = '6a2bbd3c-6ba6-5a45-a8b7-2bd0e1cbf2a6';

const granted: Omit<CreditEntry, 'hash'> = {
  entryId: 'ACME.EXAMPLE-C0001',
  licenseId,
  kind: 'granted',
  amount: usd(8000),
  balanceAfter: usd(8000),
  effectiveAt: '2026-06-11T09:30:00.000Z',
  recordedAt: '2026-06-11T09:30:00.004Z',
  changeId: '0f2f8d1c-3b0e-5e63-9d0b-7f6f0a0c6f11',
  invoiceNumber: null,
  reason: null,
  computation: { seats: 48, seatDaysBefore: 0, seatDaysAfter: 240, cycleDays: 30, unitPrice: usd(1000) },
  event: { id: '5b2a6a0e-0a3f-5c76-9a10-3f1d6c2b7e90', stream: `license-${licenseId}`, revision: 7 },
  previousHash: null,
};

const goodwill: Omit<CreditEntry, 'hash'> = {
  ...granted,
  entryId: 'ACME.EXAMPLE-C0002',
  kind: 'goodwill',
  amount: usd(2500),
  balanceAfter: usd(10500),
  effectiveAt: '2026-06-12T10:00:00.000Z',
  changeId: null,
  reason: 'The outage of 10 June',
  computation: null,
  event: { id: '8e0f64bb-7d0c-5e4c-b6d5-1c9a4a2f0e11', stream: `license-${licenseId}`, revision: 11 },
  previousHash: 'e422a268f9638d33ab10da2e63e226ceb2098987dc2b6b078d4589dc46970290',
};

describe('the hash of a credit entry', () => {
  it('is taken over a text that anybody can write', () => {
    expect(creditText(granted)).toBe(
      '["seat-ledger/credit/1",null,"6a2bbd3c-6ba6-5a45-a8b7-2bd0e1cbf2a6","ACME.EXAMPLE-C0001","granted","USD",' +
        '8000,8000,"2026-06-11T09:30:00.000Z","0f2f8d1c-3b0e-5e63-9d0b-7f6f0a0c6f11",null,null,[48,0,240,30,1000],' +
        '"5b2a6a0e-0a3f-5c76-9a10-3f1d6c2b7e90","license-6a2bbd3c-6ba6-5a45-a8b7-2bd0e1cbf2a6",7]',
    );
  });

  // Computed with jq and sha256sum, as docs/audit.md shows: it must never change.
  it.each([
    [granted, 'e422a268f9638d33ab10da2e63e226ceb2098987dc2b6b078d4589dc46970290'],
    [goodwill, '8201a755683b32988c9ce957b425bb4a50849f1acbb8b15789700d1002ea5e47'],
  ])('is the same for ever ($entryId)', (entry, hash) => expect(creditHash(entry)).toBe(hash));

  it('changes with every field but the moment of recording', () => {
    const changed: (typeof granted)[] = [
      { ...granted, entryId: 'ACME.EXAMPLE-C0002' },
      { ...granted, licenseId: '0637e301-e05d-505b-8267-486f5677de9b' },
      { ...granted, kind: 'reversed' },
      { ...granted, amount: usd(8001) },
      { ...granted, amount: { amount: 8000, currency: 'EUR' } },
      { ...granted, balanceAfter: usd(8001) },
      { ...granted, effectiveAt: '2026-06-11T09:30:00.001Z' },
      { ...granted, changeId: null },
      { ...granted, invoiceNumber: 'ACME.EXAMPLE-0001' },
      { ...granted, reason: '' },
      { ...granted, computation: null },
      ...(['seats', 'seatDaysBefore', 'seatDaysAfter', 'cycleDays'] as const).map((name) => ({
        ...granted,
        computation: granted.computation && { ...granted.computation, [name]: 49 },
      })),
      { ...granted, computation: granted.computation && { ...granted.computation, unitPrice: usd(999) } },
      { ...granted, event: { ...granted.event, id: '8e0f64bb-7d0c-5e4c-b6d5-1c9a4a2f0e11' } },
      { ...granted, event: { ...granted.event, stream: 'license-other' } },
      { ...granted, event: { ...granted.event, revision: 8 } },
      { ...granted, previousHash: 'e422a268f9638d33ab10da2e63e226ceb2098987dc2b6b078d4589dc46970290' },
    ];
    expect(new Set([granted, ...changed].map(creditHash)).size).toBe(changed.length + 1);
    const copied = { ...granted, recordedAt: '2027-01-01T00:00:00.000Z' };
    expect(creditHash(copied)).toBe(creditHash(granted));
  });
});
