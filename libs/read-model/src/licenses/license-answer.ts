import type { Instant } from '#calendar';
import type { License } from '#contracts';
import { describeLicense } from '#license';
import type { FoldedLicense } from '../ledger/view.js';
import type { Unsettled } from '../propagation/unsettled.js';

export function licenseAnswer(
  { state, revision }: Pick<FoldedLicense, 'state' | 'revision'>,
  propagation: Unsettled,
  at: Instant,
): License {
  return { ...describeLicense(state, at), propagation, revision };
}
