import type { List } from '#contracts';

/** The items of a list, page after page from `first` on; each page is asked for when the one before has been taken. */
export async function* pagesFrom<Item>(
  first: List<Item>,
  pageAt: (cursor: string) => Promise<List<Item>>,
): AsyncGenerator<readonly Item[], void, undefined> {
  let page = first;
  for (;;) {
    yield page.items;
    if (page.nextCursor === null) return;
    page = await pageAt(page.nextCursor);
  }
}
