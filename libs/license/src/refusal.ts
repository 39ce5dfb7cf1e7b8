/** Why a command was not taken: a stable word for programs, a sentence for people, and what programs need to go on. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly detail: string;
  /** Which field of the command is meant, where one is. */
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly [extra: string]: unknown;
}

export type RefusalCode =
  | 'validation-failed'
  | 'not-found'
  | 'license-exists'
  | 'license-expired'
  | 'license-cancelled'
  | 'staff-count-exceeded'
  | 'staff-exists'
  | 'seats-unchanged'
  | 'plan-unchanged'
  | 'quote-stale'
  | 'overpayment'
  | 'no-open-invoice'
  | 'invoice-already-extended';

/** A refusal for one field of the command. */
export function invalid(path: string, message: string): Refusal {
  return { code: 'validation-failed', detail: `${path}: ${message}`, errors: [{ path, message }] };
}
