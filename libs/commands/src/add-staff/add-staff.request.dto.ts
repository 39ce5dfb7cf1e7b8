import { IsIn, IsOptional } from 'class-validator';
import { IsEmailAddress, IsStaffId, IsText } from '../fields.js';

export class AddStaffRequest {
  /**
   * The instance's own id of the account. Default: one is made.
   * @example ada
   */
  @IsOptional()
  @IsStaffId()
  staffId?: string;

  /** @example ada@acme.example */
  @IsEmailAddress()
  email!: string;

  @IsText(200)
  name!: string;

  @IsIn(['agent', 'admin'])
  role!: 'agent' | 'admin';
}
