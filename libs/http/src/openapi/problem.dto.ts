import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { PROBLEMS, type InputError, type Problem, type ProblemCode } from '#contracts';

@ApiSchema({ name: 'InputError' })
export class InputErrorDto implements InputError {
  @ApiProperty({ example: 'prices[0].amount' })
  readonly path!: string;

  @ApiProperty({ example: 'amount must be an integer number' })
  readonly message!: string;
}

@ApiSchema({ name: 'Problem', description: 'RFC 9457; branch on `code`.' })
export class ProblemDto implements Problem {
  @ApiProperty({ example: '/problems/validation-failed' })
  readonly type!: string;

  @ApiProperty({ type: 'string' })
  readonly title!: string;

  @ApiProperty({ type: 'integer', example: 400 })
  readonly status!: number;

  @ApiProperty({ type: 'string' })
  readonly detail!: string;

  @ApiProperty({ enum: Object.keys(PROBLEMS), enumName: 'ProblemCode' })
  readonly code!: ProblemCode;

  @ApiPropertyOptional({ type: [InputErrorDto] })
  readonly errors?: InputErrorDto[];

  readonly [extension: string]: unknown;
}
