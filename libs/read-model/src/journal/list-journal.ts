import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Principal } from '#auth';
import type { JournalEntry, List } from '#contracts';
import { keysetCursor, pageOf } from '#http';
import { mapPage } from '../pages.js';
import { ReadModel } from '../read-model.js';
import { journalAnswer } from './journal-answer.js';
import { filtered } from './journal-filters.js';
import type { ListJournalRequest } from './list-journal.request.dto.js';

export class ListJournal extends Query<List<JournalEntry>> {
  constructor(
    readonly request: ListJournalRequest,
    readonly principal: Principal,
  ) {
    super();
  }
}

const byTime = keysetCursor({ effective_at: 'instant', license_id: 'uuid', revision: 'integer' });

@QueryHandler(ListJournal)
export class ListJournalHandler implements IQueryHandler<ListJournal> {
  constructor(private readonly readModel: ReadModel) {}

  async execute({ request, principal }: ListJournal): Promise<List<JournalEntry>> {
    const { limit, cursor, ...filters } = request;
    let query = this.readModel.db
      .selectFrom('journal_entries')
      .selectAll()
      .where(this.readModel.visibleTo(principal))
      .orderBy('effective_at')
      .orderBy('license_id')
      .orderBy('revision')
      .limit(limit + 1);
    if (cursor !== undefined) {
      const after = byTime.decode(cursor);
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(
          refTuple('effective_at', 'license_id', 'revision'),
          '>',
          tuple(after.effective_at, after.license_id, after.revision),
        ),
      );
    }
    return mapPage(
      pageOf(await filtered(query, filters).execute(), limit, byTime, (row) => row),
      journalAnswer,
    );
  }
}
