import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { causeOf, KeyClaims } from '#commands';
import { answer, refuse, type Answer } from '#http';
import { licenseIdOf } from '#license';
import { LicenseHistoryReader } from '../history/license-history-reader.js';
import type { Acknowledgement } from '#contracts';
import { Acknowledge } from './acknowledge.command.js';
import { Acknowledgements } from './acknowledgements.js';

@CommandHandler(Acknowledge)
export class AcknowledgeHandler implements ICommandHandler<Acknowledge> {
  constructor(
    private readonly histories: LicenseHistoryReader,
    private readonly acknowledgements: Acknowledgements,
    private readonly claims: KeyClaims,
  ) {}

  async execute({ domain, request, origin, hasKey }: Acknowledge): Promise<Answer<Acknowledgement>> {
    const { principal, correlationId } = origin;
    const history = await this.histories.currentFor(principal, licenseIdOf(domain), correlationId);
    if (hasKey) await this.claims.claim(origin);
    const result = await this.acknowledgements.acknowledge(history, request, causeOf(principal, correlationId));
    if ('refusal' in result) return refuse(result.refusal);
    const { revision, seats } = request;
    return answer(
      { domain: history.license?.domain ?? domain, revision, seats },
      result.position ? { position: result.position } : {},
    );
  }
}
