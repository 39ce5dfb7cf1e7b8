import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { HelpdeskAccess } from '#contracts';
import type { Answer } from '#http';
import { helpdeskAccess, licenseIdOf } from '#license';
import { LicenseCommands } from '../license/license-commands.js';
import { answered } from '../license/license-outcome.js';
import { ReportStaffCount } from './report-staff-count.command.js';

@CommandHandler(ReportStaffCount)
export class ReportStaffCountHandler implements ICommandHandler<ReportStaffCount> {
  constructor(private readonly licenses: LicenseCommands) {}

  async execute({ domain, request, origin }: ReportStaffCount): Promise<Answer<HelpdeskAccess>> {
    const command = { type: 'ReportStaffCount', ...request } as const;
    const outcome = await this.licenses.execute(licenseIdOf(domain), origin, command);
    return answered(helpdeskAccess(outcome.state), outcome);
  }
}
