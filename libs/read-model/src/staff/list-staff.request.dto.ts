import { IsIn, IsOptional } from 'class-validator';
import type { StaffStatus } from '#contracts';
import { PageQuery } from '#http';

export class ListStaffRequest extends PageQuery {
  @IsOptional()
  @IsIn(['active', 'disabled', 'removed'])
  status?: StaffStatus;
}
