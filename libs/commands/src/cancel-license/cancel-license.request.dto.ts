import { IsOptional } from 'class-validator';
import { IsText } from '../fields.js';

export class CancelLicenseRequest {
  /** @example moving to another helpdesk */
  @IsOptional()
  @IsText(500)
  reason?: string;
}
