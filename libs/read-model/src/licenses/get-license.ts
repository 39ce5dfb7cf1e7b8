import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IsOptional } from 'class-validator';
import type { Principal } from '#auth';
import type { Instant } from '#calendar';
import { withStoreProblems } from '#commands';
import type { License } from '#contracts';
import { EventStore } from '#event-store';
import { invalidValue, IsInstant, notFound } from '#http';
import { Clock } from '#platform';
import { countUnsettled, noneUnsettled, unsettledAsOf } from '../propagation/unsettled.js';
import { ReadModel } from '../read-model.js';
import { licenseAnswer } from './license-answer.js';
import { licenseAsOf } from './license-as-of.js';

export class AsOfRequest {
  /** The answer as the ledger stood then. */
  @IsOptional()
  @IsInstant()
  asOf?: Instant;
}

export class GetLicense extends Query<License> {
  constructor(
    readonly licenseId: string,
    readonly asOf: Instant | undefined,
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
  ) {}

  async execute({ licenseId, asOf, principal }: GetLicense): Promise<License> {
    const row = await this.readModel.license(licenseId, principal);
    if (asOf !== undefined) return this.#asOf(licenseId, asOf);
    const unsettled = await countUnsettled(this.readModel.db, [licenseId]);
    return licenseAnswer(row, unsettled.get(licenseId) ?? noneUnsettled, this.clock.now());
  }

  async #asOf(licenseId: string, asOf: Instant): Promise<License> {
    checkPast(asOf, this.clock);
    const license = await withStoreProblems(licenseAsOf(this.store, licenseId, asOf));
    if (license === null) throw notFound(`There was no such license at ${asOf}: it was registered later.`);
    return licenseAnswer(license, await unsettledAsOf(this.readModel.db, licenseId, asOf), asOf);
  }
}

/** @throws ProblemException `validation-failed`: what is to come is a matter of quotes and next invoices. */
export function checkPast(asOf: Instant, clock: Clock): void {
  const now = clock.now();
  if (asOf > now) throw invalidValue('asOf', `lies in the future; it is ${now}`);
}
