import { IsOptional } from 'class-validator';
import { IsText } from '../fields.js';

export class MoveStaffRequest {
  /** @example on parental leave */
  @IsOptional()
  @IsText(500)
  reason?: string;
}
