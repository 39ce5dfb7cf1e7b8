/** What the printer's thread runs. */
export { invoicePdf as default } from './invoice-pdf.js';
