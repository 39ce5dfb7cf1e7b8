/** How much of a month is played. */
export interface Size {
  readonly licenses: number;
  readonly days: number;
  /** How often a role is killed and Redis emptied. */
  readonly disturbances: number;
}

const sizes: Readonly<Record<string, Size>> = {
  small: { licenses: 12, days: 10, disturbances: 3 },
  whole: { licenses: 100, days: 31, disturbances: 10 },
};

/** `LEDGER_TRIAL=whole`, or a size such as `LEDGER_TRIAL=40,12,9`. */
export const size = readSize(process.env['LEDGER_TRIAL'] ?? 'small');

/** Another one makes another month. */
export const seed = Number(process.env['LEDGER_TRIAL_SEED'] ?? 1);

function readSize(text: string): Size {
  const named = sizes[text];
  if (named !== undefined) return named;
  const [licenses = NaN, days = NaN, disturbances = NaN] = text.split(',').map(Number);
  // Fewer licenses or days hold not all of what is to be seen, and more days have a change of keys among them.
  if (licenses >= 12 && days >= 10 && days <= 31 && disturbances >= 0) return { licenses, days, disturbances };
  throw new Error(`LEDGER_TRIAL: '${text}' is not whole, and no size of 12 licenses and 10 to 31 days at least`);
}
