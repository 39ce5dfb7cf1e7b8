/** A value that its column can't hold: the event that it came from is at fault, not the database. */
export class UnwritableValue extends Error {
  override readonly name = 'UnwritableValue';
}

/** Classes of SQLSTATE that speak of the data: data exception, integrity, cardinality, program limits. */
const dataClasses = new Set(['21', '22', '23', '54']);

/** Whether writing failed because of what was written; anything else may pass by itself, and is tried again. */
export function isDataError(error: unknown): boolean {
  if (error instanceof UnwritableValue) return true;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.length === 5 && dataClasses.has(code.slice(0, 2));
}
