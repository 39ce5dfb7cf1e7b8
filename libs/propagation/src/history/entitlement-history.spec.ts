import { Scenario } from '#testing';
import { changesUpTo, evolveEntitlement, noEntitlement, seatsAt } from './entitlement-history.js';

describe('the history of an entitlement', () => {
  const story = Scenario.license()
    .payAll()
    .at('2026-06-11')
    .when({ type: 'ChangeSeats', seats: 48 })
    .at('2026-06-12')
    .when({ type: 'GrantCredit', amountMinor: 100, currency: 'USD', reason: 'sorry' })
    .when({ type: 'ChangeSeats', seats: 50 });
  const history = story.events.reduce(evolveEntitlement, noEntitlement);

  it('knows the seats at every revision that was, and at no other', () => {
    expect(story.events.map(({ type }) => type)).toEqual([
      'LicenseRegistered',
      'InvoiceIssued',
      'InvoicePaid',
      'SeatsReduced',
      'CreditGranted',
      'SeatsIncreased',
    ]);
    expect([-1, 0, 1, 2, 3, 4, 5, 6].map((revision) => seatsAt(history, revision))).toEqual([
      null,
      60,
      60,
      60,
      48,
      48,
      50,
      null,
    ]);
  });

  it('lists the changes up to a revision, the newest first', () => {
    const kinds = (revision: number) => [...changesUpTo(history, revision)].map(({ kind }) => kind);
    expect(kinds(5)).toEqual(['SeatsIncreased', 'SeatsReduced']);
    expect(kinds(4)).toEqual(['SeatsReduced']);
    expect(kinds(2)).toEqual([]);
  });

  it('is the license itself beside', () => {
    expect(history.license).toEqual(story.state);
    expect(history.revision).toBe(5);
  });
});
