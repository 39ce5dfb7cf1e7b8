import PDFDocument from 'pdfkit';
import { breakIntoLines, type Line, type Style } from './text/lines.js';

type StructureElement = ReturnType<PDFKit.PDFDocument['struct']>;

export interface TextStyle extends Style {
  readonly color: string;
}

export interface Placed {
  readonly xPt: number;
  readonly yPt: number;
  readonly widthPt: number;
  readonly align?: 'start' | 'end';
  /** Of the PDF's structure, for those who listen to it. */
  readonly tag?: 'P' | 'H1' | 'H2' | 'TH' | 'TD';
}

export interface PaperOptions {
  readonly title: string;
  readonly author: string;
  readonly createdAt: Date;
  /** Draws what stands on every page; the pages are known by then. */
  readonly everyPage: (page: number, pages: number) => void;
  /** Draws what begins every page after the first. */
  readonly nextPage: () => void;
}

const lineHeight = 1.4;
const baselineAt = 1.05;

/**
 * Sheets of A4 with a place that moves down them, tagged for assistive technology. The same words on the same paper are
 * the same bytes.
 */
export class Paper {
  readonly leftPt = 48;
  readonly rightPt = 595.28 - 48;
  readonly topPt = 48;
  readonly bottomPt = 841.89 - 64;
  readonly footPt = 841.89 - 42;
  yPt = this.topPt;

  readonly #document: PDFKit.PDFDocument;
  readonly #bytes: Promise<Buffer>;
  readonly #faces = new Set<string>();
  /** From the whole document down to the element that is being drawn. */
  readonly #parents: StructureElement[];
  /** Whether what is drawn is a part of an artifact. */
  #isSilent = false;

  constructor(private readonly options: PaperOptions) {
    const { title, author, createdAt } = options;
    this.#document = new PDFDocument({
      size: 'A4',
      margin: 0,
      font: '',
      lang: 'en',
      pdfVersion: '1.7',
      tagged: true,
      displayTitle: true,
      bufferPages: true,
      info: { Title: title, Author: author, CreationDate: createdAt },
    });
    this.#bytes = collect(this.#document);
    const root = this.#document.struct('Document');
    this.#document.addStructure(root);
    this.#parents = [root];
  }

  get #parent(): StructureElement {
    const parent = this.#parents.at(-1);
    if (parent === undefined) throw new Error('the document has ended');
    return parent;
  }

  get widthPt(): number {
    return this.rightPt - this.leftPt;
  }

  /** Goes on to a new page unless there is room for this height on this one; says whether it did. */
  room(heightPt: number): boolean {
    if (this.yPt + heightPt <= this.bottomPt || this.yPt <= this.topPt) return false;
    this.#document.addPage();
    this.yPt = this.topPt;
    this.artifact(() => this.options.nextPage());
    return true;
  }

  /** Sets a text and answers its height. */
  text(text: string, style: TextStyle, placed: Placed): number {
    return this.lines(breakIntoLines(text, style, placed.widthPt), style, placed);
  }

  /** The same with lines that are broken already. */
  lines(lines: readonly Line[], style: TextStyle, { xPt, yPt, widthPt, align = 'start', tag = 'P' }: Placed): number {
    this.#tagged(tag, () => {
      for (const [index, line] of lines.entries()) {
        const atPt = align === 'start' ? xPt : xPt + widthPt - line.widthPt;
        this.#line(line, style, atPt, yPt + index * heightOf(1, style) + style.sizePt * baselineAt);
      }
    });
    return heightOf(lines.length, style);
  }

  rule(fromPt: number, toPt: number, yPt: number, color: string, thicknessPt = 0.5): void {
    this.box(fromPt, yPt, toPt - fromPt, thicknessPt, color);
  }

  box(xPt: number, yPt: number, widthPt: number, heightPt: number, color: string): void {
    this.artifact(() => this.#document.rect(xPt, yPt, widthPt, heightPt).fill(color));
  }

  /** What is drawn until {@link end} stands under an element of the document's structure, such as a table or a row. */
  begin(tag: string): void {
    if (this.#isSilent) return;
    const inner = this.#document.struct(tag);
    this.#parent.add(inner);
    this.#parents.push(inner);
  }

  end(): void {
    if (!this.#isSilent) this.#parents.pop()?.end();
  }

  /** Runs `draw` with what it draws being decoration, or a repetition, that nobody needs to hear. */
  artifact(draw: () => void): void {
    if (this.#isSilent) {
      draw();
      return;
    }
    this.#isSilent = true;
    this.#document.markContent('Artifact');
    draw();
    this.#document.endMarkedContent();
    this.#isSilent = false;
  }
  /** Completes every page. */
  finish(): Promise<Buffer> {
    const { count } = this.#document.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.#document.switchToPage(page);
      this.artifact(() => this.options.everyPage(page + 1, count));
    }
    this.end();
    this.#document.end();
    return this.#bytes;
  }

  #tagged(tag: string, draw: () => void): void {
    if (this.#isSilent) {
      draw();
      return;
    }
    const content = this.#document.markStructureContent(tag);
    draw();
    this.#document.endMarkedContent();
    this.#parent.add(this.#document.struct(tag, {}, content));
  }

  #line({ pieces }: Line, { sizePt, color }: TextStyle, xPt: number, baselinePt: number): void {
    let atPt = xPt;
    for (const { text, face, widthPt } of pieces) {
      if (!this.#faces.has(face.name)) {
        this.#document.registerFont(face.name, face.bytes);
        this.#faces.add(face.name);
      }
      this.#document
        .font(face.name)
        .fontSize(sizePt)
        .fillColor(color)
        // With a feature named, pdfkit shapes the whole text and not word by word, which would keep the words of a
        // right-to-left text in the wrong order.
        .text(text, atPt, baselinePt, { lineBreak: false, baseline: 'alphabetic', features: ['kern'] });
      atPt += widthPt;
    }
  }
}

export function heightOf(lines: number, { sizePt }: Style): number {
  return lines * sizePt * lineHeight;
}

function collect(document: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    document
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => resolve(Buffer.concat(chunks)))
      .on('error', reject);
  });
}
