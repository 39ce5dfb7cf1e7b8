/** How much of a month is played. */
export interface Size {
  readonly licenses: number;
  readonly days: number;
  /** How often a role is killed and Redis emptied. */
  readonly disturbances: number;
}

const small: Size = { licenses: 12, days: 10, disturbances: 3 };
const whole: Size = { licenses: 100, days: 31, disturbances: 10 };

export const seed = Number(process.env['LEDGER_TRIAL_SEED'] ?? 1);

/** `LEDGER_TRIAL=whole npm test -- month` plays all of it. */
export const size = process.env['LEDGER_TRIAL'] === 'whole' ? whole : small;
