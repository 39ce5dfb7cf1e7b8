import { RefusedError } from '../api.js';

/** What the ledger says against something that it must refuse. */
export async function refusalOf(call: () => Promise<unknown>): Promise<string> {
  try {
    await call();
  } catch (error) {
    if (error instanceof RefusedError) return error.problem.detail;
    throw error;
  }
  throw new Error('the ledger should have refused this');
}
