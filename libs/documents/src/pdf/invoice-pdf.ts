import { isolateMarks } from '../format/text.js';
import type { InvoiceDocument } from '../invoice/invoice-document.js';
import { invoiceSheet, type InvoiceSheet, type Item } from '../invoice/sheet.js';
import { lineTable } from './line-table.js';
import { heightOf, Paper, type TextStyle } from './paper.js';
import { colors, styles } from './styles.js';
import { breakIntoLines } from './text/lines.js';

/** An invoice as a PDF. The same state of an invoice gives the same bytes. */
export function invoicePdf(document: InvoiceDocument): Promise<Buffer> {
  const sheet = invoiceSheet(document);
  const paper: Paper = new Paper({
    title: sheet.title,
    author: sheet.seller.name.replace(isolateMarks, ''),
    createdAt: new Date(document.invoice.explanation.issued.recordedAt),
    everyPage: (page, pages) => foot(paper, sheet, page, pages),
    nextPage: () => continuation(paper, sheet),
  });
  head(paper, sheet);
  parties(paper, sheet);
  standing(paper, sheet);
  lineTable(paper, sheet);
  totals(paper, sheet);
  items(paper, 'Credit applied', sheet.credits);
  items(paper, 'Payments received', sheet.payments);
  payment(paper, sheet);
  notes(paper, sheet);
  return paper.finish();
}

function head(paper: Paper, { seller, number, isSpecimen }: InvoiceSheet): void {
  const widthPt = paper.widthPt / 2 - 12;
  const right = { xPt: paper.rightPt - widthPt, widthPt, align: 'end' } as const;
  if (isSpecimen) {
    const warning = 'Specimen: not a valid invoice, because no seller is configured.';
    paper.yPt +=
      paper.text(warning, styles.warning, { xPt: paper.leftPt, yPt: paper.yPt, widthPt: paper.widthPt }) + 12;
  }
  let rightPt = paper.yPt - 4;
  rightPt += paper.text('Invoice', styles.title, { ...right, yPt: rightPt, tag: 'H1' });
  rightPt += paper.text(number, styles.muted, { ...right, yPt: rightPt });
  const leftPt = party(paper, seller, paper.yPt, widthPt);
  paper.yPt = Math.max(leftPt, rightPt) + 28;
}

function parties(paper: Paper, { customer, facts }: InvoiceSheet): void {
  const widthPt = paper.widthPt / 2 - 12;
  const xPt = paper.rightPt - widthPt;
  let leftPt = paper.yPt + 4 + heading(paper, 'Billed to', paper.leftPt, paper.yPt);
  leftPt = party(paper, customer, leftPt, widthPt);
  let rightPt = paper.yPt;
  for (const { label, value } of facts) {
    paper.text(label, styles.muted, { xPt, yPt: rightPt, widthPt });
    rightPt += 2 + paper.text(value, styles.body, { xPt, yPt: rightPt, widthPt, align: 'end' });
  }
  paper.yPt = Math.max(leftPt, rightPt) + 24;
}

/** A name and its address; answers where it ends. */
function party(paper: Paper, { name, details }: InvoiceSheet['seller'], yPt: number, widthPt: number): number {
  let atPt = yPt;
  atPt += paper.text(name, styles.name, { xPt: paper.leftPt, yPt: atPt, widthPt });
  for (const line of details) atPt += paper.text(line, styles.muted, { xPt: paper.leftPt, yPt: atPt, widthPt });
  return atPt;
}

/** What there is to pay, where nobody can overlook it. */
function standing(paper: Paper, { standing: { status, amount, words } }: InvoiceSheet): void {
  const { ink, ground } = colors.standing[status];
  const amountStyle = { ...styles.standing, color: ink };
  const [line] = breakIntoLines(amount, amountStyle);
  const heightPt = 40;
  const textPt = paper.yPt + (heightPt - heightOf(1, amountStyle)) / 2;
  const xPt = paper.leftPt + 15;
  paper.box(paper.leftPt, paper.yPt, paper.widthPt, heightPt, ground);
  paper.box(paper.leftPt, paper.yPt, 3, heightPt, ink);
  paper.text(amount, amountStyle, { xPt, yPt: textPt, widthPt: paper.widthPt });
  const besidePt = xPt + (line?.widthPt ?? 0) + 12;
  paper.text(words, styles.body, { xPt: besidePt, yPt: textPt + 5.5, widthPt: paper.rightPt - besidePt - 12 });
  paper.yPt += heightPt + 20;
}

function totals(paper: Paper, sheet: InvoiceSheet): void {
  const rowPt = heightOf(1, styles.body) + 4;
  const [due] = breakIntoLines(`${sheet.open.label}   ${sheet.open.value}`, styles.due);
  const widthPt = Math.max(220, due?.widthPt ?? 0);
  const xPt = paper.rightPt - widthPt;
  paper.yPt += 10;
  paper.room(sheet.totals.length * rowPt + heightOf(1, styles.due) + 14);
  for (const { label, value } of sheet.totals) {
    paper.text(label, styles.body, { xPt, yPt: paper.yPt, widthPt });
    paper.text(value, styles.body, { xPt, yPt: paper.yPt, widthPt, align: 'end' });
    paper.yPt += rowPt;
  }
  paper.rule(xPt, paper.rightPt, paper.yPt + 3, colors.ink, 1.2);
  paper.yPt += 10;
  paper.text(sheet.open.label, styles.due, { xPt, yPt: paper.yPt, widthPt });
  paper.text(sheet.open.value, styles.due, { xPt, yPt: paper.yPt, widthPt, align: 'end' });
  paper.yPt += heightOf(1, styles.due) + 4;
}

function items(paper: Paper, name: string, all: readonly Item[]): void {
  const widthPt = paper.widthPt - 80;
  for (const [index, { words, reference, amount }] of all.entries()) {
    const lines = breakIntoLines(words, styles.body, widthPt);
    const references = breakIntoLines(reference, styles.small, widthPt);
    const heightPt = heightOf(lines.length, styles.body) + heightOf(references.length, styles.small) + 10;
    if (index === 0) {
      paper.yPt += 18;
      paper.room(heightPt + 20);
      paper.yPt += heading(paper, name, paper.leftPt, paper.yPt) + 2;
    } else {
      paper.room(heightPt);
    }
    const topPt = paper.yPt + 4;
    const xPt = paper.leftPt;
    let yPt = topPt + paper.lines(lines, styles.body, { xPt, yPt: topPt, widthPt });
    paper.text(amount, styles.body, { xPt, yPt: topPt, widthPt: paper.widthPt, align: 'end' });
    yPt += paper.lines(references, styles.small, { xPt, yPt, widthPt });
    paper.yPt = yPt + 5;
    paper.rule(paper.leftPt, paper.rightPt, paper.yPt, colors.rule);
  }
}

function payment(paper: Paper, { paymentInstructions }: InvoiceSheet): void {
  if (paymentInstructions.length === 0) return;
  const xPt = paper.leftPt + 15;
  const widthPt = paper.rightPt - xPt;
  const blocks = paymentInstructions.map((line) => breakIntoLines(line, styles.body, widthPt));
  const heightPt = heightOf(blocks.flat().length, styles.body) + 20;
  paper.yPt += 18;
  paper.room(heightPt);
  paper.box(paper.leftPt, paper.yPt, 3, heightPt - 4, colors.rule);
  paper.yPt += heading(paper, 'How to pay', xPt, paper.yPt) + 3;
  for (const lines of blocks) paper.yPt += paper.lines(lines, styles.body, { xPt, yPt: paper.yPt, widthPt });
}

function notes(paper: Paper, { notes: lines }: InvoiceSheet): void {
  const widthPt = paper.widthPt;
  paper.yPt += 18;
  for (const line of lines) {
    const broken = breakIntoLines(line, styles.small, widthPt);
    paper.room(heightOf(broken.length, styles.small));
    paper.yPt += paper.lines(broken, styles.small, { xPt: paper.leftPt, yPt: paper.yPt, widthPt });
  }
}

function heading(paper: Paper, text: string, xPt: number, yPt: number): number {
  return paper.text(text, styles.heading, { xPt, yPt, widthPt: paper.widthPt, tag: 'H2' });
}

/** What tells a page that lies by itself where it belongs. */
function continuation(paper: Paper, { title }: InvoiceSheet): void {
  oneLine(paper, `${title}, continued`, styles.small, paper.topPt, paper.widthPt);
  paper.yPt = paper.topPt + 22;
}

function foot(paper: Paper, { seller, title }: InvoiceSheet, page: number, pages: number): void {
  const yPt = paper.footPt;
  paper.rule(paper.leftPt, paper.rightPt, yPt - 8, colors.rule);
  oneLine(paper, `${seller.name} · ${title}`, styles.small, yPt, paper.widthPt - 90);
  const { leftPt: xPt, widthPt } = paper;
  paper.text(`Page ${page} of ${pages}`, styles.small, { xPt, yPt, widthPt, align: 'end' });
}

/** The first line of a text, with an ellipsis when that is not all. */
function oneLine(paper: Paper, text: string, style: TextStyle, yPt: number, widthPt: number): void {
  const [first, more] = breakIntoLines(text, style, widthPt - 12);
  const shown = more === undefined ? text : `${first?.text ?? ''}…`;
  paper.text(shown, style, { xPt: paper.leftPt, yPt, widthPt });
}
