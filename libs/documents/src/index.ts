export { csvHead, csvText } from './csv/csv-text.js';
export {
  amounts,
  column,
  csvTable,
  csvTableOf,
  Decimal,
  fields,
  type Cell,
  type Column,
  type CsvTable,
} from './csv/table.js';
export { invoicePage } from './html/invoice-page.js';
export { contentSecurityPolicy } from './html/stylesheet.js';
export { Seller, type Customer, type InvoiceDocument } from './invoice/invoice-document.js';
export { InvoicePrinter, PrinterBusy } from './pdf/invoice-printer.js';
