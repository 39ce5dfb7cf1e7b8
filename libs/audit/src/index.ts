export { UnreadableExport } from './export/filed-entry.js';
export { verifyExport, type ExportFault, type ExportSummary } from './export/verify-export.js';
export type { EventPlace, Finding } from './verify/finding.js';
export { logOf, type LedgerLog } from './verify/ledger-log.js';
export { verifyLedger, type Progress, type Verified, type VerifyOptions } from './verify/verify-ledger.js';
