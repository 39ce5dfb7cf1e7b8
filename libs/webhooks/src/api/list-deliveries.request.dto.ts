import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '#http';

export class ListDeliveriesRequest extends PageQuery {
  @IsOptional()
  @IsIn(['delivered', 'failed'])
  outcome?: 'delivered' | 'failed';
}
