import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Principal } from '#auth';
import { withStoreProblems } from '#commands';
import type { CreditEntryStory } from '#contracts';
import { EventStore } from '#event-store';
import { notFound } from '#http';
import { creditStory } from '#license';
import type { AsOfRequest } from '../as-of/as-of.request.dto.js';
import { licenseFacts } from '../as-of/license-facts.js';
import { momentInWords } from '../as-of/moment.js';
import { Moments } from '../as-of/moments.js';
import { ReadModel } from '../read-model.js';

export class GetCredit extends Query<CreditEntryStory> {
  constructor(
    readonly licenseId: string,
    readonly entryId: string,
    readonly request: AsOfRequest,
    readonly principal: Principal,
  ) {
    super();
  }
}

@QueryHandler(GetCredit)
export class GetCreditHandler implements IQueryHandler<GetCredit> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly store: EventStore,
    private readonly moments: Moments,
  ) {}

  async execute({ licenseId, entryId, request, principal }: GetCredit): Promise<CreditEntryStory> {
    const moment = this.moments.of(request);
    await this.readModel.license(licenseId, principal);
    const story = await withStoreProblems(creditStory(licenseFacts(this.store, licenseId, moment), entryId));
    if (story !== null) return story;
    throw notFound(
      moment === undefined
        ? `The license has no credit entry ${entryId}.`
        : `The license had no credit entry ${entryId} as of ${momentInWords(moment)}.`,
    );
  }
}
