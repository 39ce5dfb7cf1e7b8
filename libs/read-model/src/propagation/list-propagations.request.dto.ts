import { IsIn, IsOptional } from 'class-validator';
import type { PropagationStatus } from '#contracts';
import { PageQuery } from '#http';
import { UuidFilter } from '../filters.js';

export class PropagationsRequest extends PageQuery {
  @IsOptional()
  @IsIn(['pending', 'propagated', 'overdue'])
  status?: PropagationStatus;
}

export class ListPropagationsRequest extends PropagationsRequest {
  @UuidFilter()
  licenseId?: string;
}
