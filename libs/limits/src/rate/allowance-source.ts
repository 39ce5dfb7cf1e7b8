/** What a caller may use up without asking again. */
export interface Grant {
  /** 0 when the window's limit is used up. */
  readonly points: number;
  /** Until the window ends. */
  readonly untilMs: number;
  /** Whether there is nothing more to be had in this window. */
  readonly isLast: boolean;
}

/** Where allowances come from. */
export abstract class AllowanceSource {
  abstract grant(key: string): Promise<Grant>;
}

export const windowMs = 60_000;

/** For a process that counts for itself: the whole limit at once. */
export class OwnAllowances extends AllowanceSource {
  constructor(private readonly limit: number) {
    super();
  }

  override grant(): Promise<Grant> {
    return Promise.resolve({ points: this.limit, untilMs: windowMs, isLast: true });
  }
}
