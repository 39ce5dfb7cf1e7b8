/** Bounds that keep every figure an integer that a double holds exactly, and every append small enough to be one. */
export const limits = {
  seatsMax: 1_000_000,
  /** 10 million dollars a seat. */
  unitPriceMinorMax: 1_000_000_000,
  amountMinorMax: 1_000_000_000_000,
  /** A customer who is moved in brings at most this many cycles. */
  pastCyclesMax: 400,
  extensionDaysMax: 15,
} as const;
