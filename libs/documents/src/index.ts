export { csvHead, csvText } from './csv/csv-text.js';
export { amounts, column, Decimal, fields, type Cell, type Column, type CsvTable } from './csv/table.js';
