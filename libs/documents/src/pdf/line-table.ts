import type { InvoiceSheet, SheetLine } from '../invoice/sheet.js';
import { heightOf, type Paper, type TextStyle } from './paper.js';
import { colors, styles } from './styles.js';
import { breakIntoLines, type Line } from './text/lines.js';

const gapPt = 14;
const paddingPt = 3.5;

const heads = { description: 'Description', figures: ['Quantity', 'Unit price', 'Amount'] };

const figuresOf = ({ quantity, unitPrice, amount }: SheetLine): string[] => [quantity, unitPrice, amount];

/** Widths: the figures take what they need, the description what is left. */
interface Columns {
  readonly descriptionPt: number;
  readonly figuresPt: readonly number[];
}

/** The lines of the invoice, under a head that is repeated on every page. */
export function lineTable(paper: Paper, { lines, currency }: InvoiceSheet): void {
  const columns = columnsFor(paper, lines);
  const linesOf = ({ description }: SheetLine) => breakIntoLines(description, styles.body, columns.descriptionPt);
  // The head stays with its first row, and both with what says their currency.
  paper.room(3 * heightOf(1, styles.body) + (lines[0] ? rowHeight(linesOf(lines[0]), styles.body) : 0));
  const { leftPt: xPt, widthPt } = paper;
  paper.yPt += paper.text(`All amounts are in ${currency}.`, styles.small, { xPt, yPt: paper.yPt, widthPt }) + 4;
  paper.begin('Table');
  head(paper, columns);
  for (const line of lines) {
    const description = linesOf(line);
    if (paper.room(rowHeight(description, styles.body))) paper.artifact(() => head(paper, columns));
    row(paper, columns, 'TD', styles.body, description, figuresOf(line));
    paper.rule(paper.leftPt, paper.rightPt, paper.yPt, colors.rule);
  }
  paper.end();
}

function head(paper: Paper, columns: Columns): void {
  const { description, figures } = heads;
  row(paper, columns, 'TH', styles.column, breakIntoLines(description, styles.column), figures);
  paper.rule(paper.leftPt, paper.rightPt, paper.yPt, colors.ink, 1.2);
  paper.yPt += 1.2;
}

function row(
  paper: Paper,
  { descriptionPt, figuresPt }: Columns,
  tag: 'TH' | 'TD',
  style: TextStyle,
  description: readonly Line[],
  figures: readonly string[],
): void {
  const yPt = paper.yPt + paddingPt;
  paper.begin('TR');
  paper.lines(description, style, { xPt: paper.leftPt, yPt, widthPt: descriptionPt, tag });
  let xPt = paper.leftPt + descriptionPt;
  for (const [index, figure] of figures.entries()) {
    const widthPt = figuresPt[index] ?? 0;
    xPt += gapPt;
    paper.text(figure, style, { xPt, yPt, widthPt, align: 'end', tag });
    xPt += widthPt;
  }
  paper.end();
  paper.yPt += rowHeight(description, style);
}

function rowHeight(description: readonly Line[], style: TextStyle): number {
  return heightOf(description.length, style) + 2 * paddingPt;
}

function columnsFor(paper: Paper, lines: readonly SheetLine[]): Columns {
  const figuresPt = heads.figures.map((name, index) =>
    Math.max(widthOf(name, styles.column), ...lines.map((line) => widthOf(figuresOf(line)[index] ?? '', styles.body))),
  );
  const taken = figuresPt.reduce((sum, widthPt) => sum + gapPt + widthPt, 0);
  return { figuresPt, descriptionPt: paper.widthPt - taken };
}

function widthOf(text: string, style: TextStyle): number {
  // A little more, so that no rounding breaks a figure into two lines.
  return Math.max(...breakIntoLines(text, style).map(({ widthPt }) => widthPt)) + 0.1;
}
