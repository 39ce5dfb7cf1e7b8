import { IsOptional } from 'class-validator';
import { IsText } from '../fields.js';

export class CancelLicenseRequest {
  @IsOptional()
  @IsText(500)
  reason?: string;
}
