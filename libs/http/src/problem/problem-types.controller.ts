import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { PROBLEMS, problemType, type ProblemCode } from '#contracts';
import { notFound } from './problem-exception.js';

/** What a problem's `type` points to. */
@Controller('problems')
@ApiTags('Problems')
export class ProblemTypesController {
  @Get(':code')
  @ApiOperation({ summary: "What a problem's code means" })
  describe(@Param('code') code: string): object {
    if (!Object.hasOwn(PROBLEMS, code)) throw notFound(`There is no problem called ${code}.`);
    return { type: problemType(code as ProblemCode), code, ...PROBLEMS[code as ProblemCode] };
  }
}
