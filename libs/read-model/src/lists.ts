import { Logger } from '@nestjs/common';
import { Readable } from 'node:stream';
import { Describes } from '#commands';
import type { List } from '#contracts';
import { csvHead, csvText, type CsvTable } from '#documents';
import { Accepted, answer, attachment, pagesFrom, type Answer, type PageQuery } from '#http';

export const listForms = ['application/json', 'text/csv'] as const;
export type ListForm = (typeof listForms)[number];

/** In which form the caller wants the list. */
export const AcceptedListForm = (): ParameterDecorator => Accepted(listForms);

/** How many rows of an export are in memory at once, and are asked of the database at once. */
const rowsAtOnce = 1_000;

const logger = new Logger('Export');

/**
 * A list in the form that was asked for: one page of it as JSON, or the whole of it as CSV.
 *
 * CSV is read page after page by the list's own query, each when the caller has taken the one before: a million rows
 * take the memory of one page, a slow caller holds no connection, and one that goes away ends it. The first page is
 * read before anything is answered, so that a refusal is still a problem document.
 *
 * @param page the list's query, for a request with another limit and cursor than the caller's
 */
export async function listAnswer<Request extends PageQuery, Item, Page extends List<Item>>(
  form: ListForm,
  request: Request,
  page: (request: Request) => Promise<Page>,
  table: CsvTable<Item>,
): Promise<Page | Answer<Readable>> {
  if (form === 'application/json') return page(request);
  const pageAt = (cursor?: string) => page({ ...request, limit: rowsAtOnce, cursor });
  const text = csvText(table, pagesFrom<Item>(await pageAt(), pageAt));
  const stream = Readable.from(text, { objectMode: false });
  stream.on('error', (cause) => {
    // The connection is cut: a file that is not whole must not look like one that is.
    if (cause.name !== 'AbortError') logger.error(new Error(`The export of ${table.name} broke off`, { cause }));
  });
  return answer(stream, { type: 'text/csv; charset=utf-8; header=present', headers: attachment(`${table.name}.csv`) });
}

/** The description of a list that can be had as CSV, too. */
export const DescribesList = (
  summary: string,
  description: string,
  example: Readonly<Record<string, unknown>>,
  table: Pick<CsvTable<never>, 'head'>,
): MethodDecorator =>
  Describes(
    summary,
    `${description} As CSV it is the whole list; \`limit\` and \`cursor\` do not apply.`.trim(),
    200,
    example,
    { 'text/csv': csvHead(table) },
  );
