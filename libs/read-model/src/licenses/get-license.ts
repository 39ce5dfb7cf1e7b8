import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Principal } from '#auth';
import { withStoreProblems } from '#commands';
import type { License } from '#contracts';
import { EventStore } from '#event-store';
import { notFound, type ProblemException } from '#http';
import { Clock } from '#platform';
import type { AsOfRequest } from '../as-of/as-of.request.dto.js';
import { momentInWords, type Moment } from '../as-of/moment.js';
import { Moments } from '../as-of/moments.js';
import { countUnsettled, noneUnsettled, unsettledAsOf } from '../propagation/unsettled.js';
import { ReadModel } from '../read-model.js';
import { licenseAnswer } from './license-answer.js';
import { licenseAsOf } from './license-as-of.js';

export class GetLicense extends Query<License> {
  constructor(
    readonly licenseId: string,
    readonly request: AsOfRequest,
    readonly principal: Principal,
  ) {
    super();
  }
}

@QueryHandler(GetLicense)
export class GetLicenseHandler implements IQueryHandler<GetLicense> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly store: EventStore,
    private readonly clock: Clock,
    private readonly moments: Moments,
  ) {}

  async execute({ licenseId, request, principal }: GetLicense): Promise<License> {
    const moment = this.moments.of(request);
    const row = await this.readModel.license(licenseId, principal);
    if (moment !== undefined) return this.#asOf(licenseId, moment);
    const unsettled = await countUnsettled(this.readModel.db, [licenseId]);
    return licenseAnswer(row, unsettled.get(licenseId) ?? noneUnsettled, this.clock.now());
  }

  async #asOf(licenseId: string, moment: Moment): Promise<License> {
    const license = await withStoreProblems(licenseAsOf(this.store, licenseId, moment));
    if (license === null) throw noLicenseYet(moment);
    const unsettled = await unsettledAsOf(this.readModel.db, licenseId, license.revision, moment);
    return licenseAnswer(license, unsettled, moment.asOf);
  }
}

export function noLicenseYet(moment: Moment): ProblemException {
  return notFound(`There was no such license as of ${momentInWords(moment)}: it was registered later.`);
}
