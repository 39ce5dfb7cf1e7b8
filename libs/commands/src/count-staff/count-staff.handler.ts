import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { licenseIdOf, reportedStaffCount } from '#license';
import { LicenseCommands } from '../license/license-commands.js';
import { CountStaff } from './count-staff.query.js';

@QueryHandler(CountStaff)
export class CountStaffHandler implements IQueryHandler<CountStaff> {
  constructor(private readonly licenses: LicenseCommands) {}

  async execute({ domain, principal }: CountStaff): Promise<number> {
    const { state } = await this.licenses.load(licenseIdOf(domain), principal);
    return reportedStaffCount(state) ?? state.activeStaff;
  }
}
