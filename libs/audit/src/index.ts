export { UnreadableExport } from './export/filed-entry.js';
export { verifyExport, type ExportFault, type ExportSummary } from './export/verify-export.js';
