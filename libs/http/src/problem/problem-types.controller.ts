import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { PROBLEMS, problemType, type ProblemCode } from '#contracts';
import { Public } from '../public.js';
import { notFound } from './problem-exception.js';

/** What a problem's `type` points to. */
@Controller('problems')
@ApiExcludeController()
@Public()
export class ProblemTypesController {
  @Get(':code')
  describe(@Param('code') code: string): object {
    if (!Object.hasOwn(PROBLEMS, code)) throw notFound(`There is no problem called ${code}.`);
    return { type: problemType(code as ProblemCode), code, ...PROBLEMS[code as ProblemCode] };
  }
}
