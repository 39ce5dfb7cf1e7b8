import { getDocumentProxy } from 'unpdf';

export interface ReadText {
  readonly text: string;
  readonly xPt: number;
  readonly yPt: number;
  readonly widthPt: number;
}

export interface ReadPage {
  /** Each text that was set, with the place where it begins. */
  readonly texts: readonly ReadText[];
  /** All of them, as they were set. */
  readonly text: string;
  readonly structure: unknown;
}

/** A PDF as a reader of PDFs sees it. */
export async function readPdf(bytes: Uint8Array): Promise<{ pages: ReadPage[]; info: Record<string, unknown> }> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const pages: ReadPage[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    const texts = items.flatMap((item) =>
      'str' in item && item.str.trim() !== ''
        ? [{ text: item.str, xPt: Number(item.transform[4]), yPt: Number(item.transform[5]), widthPt: item.width }]
        : [],
    );
    const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
    pages.push({ texts, text, structure: await page.getStructTree() });
  }
  const { info } = await pdf.getMetadata();
  return { pages, info: info as Record<string, unknown> };
}
