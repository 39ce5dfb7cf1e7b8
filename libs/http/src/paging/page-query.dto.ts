import { IsOptional, IsString, MaxLength } from 'class-validator';
import { QueryInteger } from '../validation/fields.js';

export const PAGE_LIMIT_DEFAULT = 50;
export const PAGE_LIMIT_MAX = 500;

/** The query of every list; a list's own query extends it. */
export class PageQuery {
  /** How many items at most. */
  @QueryInteger(1, PAGE_LIMIT_MAX)
  limit: number = PAGE_LIMIT_DEFAULT;

  /** The `nextCursor` of the page before. */
  @IsOptional()
  @IsString()
  @MaxLength(1_024)
  cursor?: string | undefined;
}
