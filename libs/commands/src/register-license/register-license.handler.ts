import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { mayAccess } from '#auth';
import { ProblemException, type Answer } from '#http';
import { licenseIdOf } from '#license';
import { licenseAnswer, type LicenseAnswer } from '../answers.js';
import { LicenseCommands } from '../license/license-commands.js';
import { answered } from '../license/license-outcome.js';
import { KeyClaims } from './key-claims.js';
import { RegisterLicense } from './register-license.command.js';

@CommandHandler(RegisterLicense)
export class RegisterLicenseHandler implements ICommandHandler<RegisterLicense> {
  constructor(
    private readonly licenses: LicenseCommands,
    private readonly claims: KeyClaims,
  ) {}

  async execute({ request, origin }: RegisterLicense): Promise<Answer<LicenseAnswer>> {
    if (!mayAccess(origin.principal, request)) {
      throw new ProblemException('forbidden', 'A customer registers licenses for its own billing email alone.');
    }
    await this.claims.claim(origin);
    const { timeZone = 'UTC', ...terms } = request;
    const command = { type: 'RegisterLicense', timeZone, ...terms } as const;
    const outcome = await this.licenses.execute(licenseIdOf(request.domain), origin, command);
    return answered(licenseAnswer(outcome), outcome);
  }
}
