import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { AnswerInterceptor } from '../headers/answer.interceptor.js';
import { OwnWrites } from '../position/own-writes.js';
import { ProblemFilter } from '../problem/problem.filter.js';
import { ProblemTypesController } from '../problem/problem-types.controller.js';
import { DtoPipe } from '../validation/dto.pipe.js';

/** The conventions of the interface, for every controller of the application. */
@Global()
@Module({
  controllers: [ProblemTypesController],
  providers: [
    OwnWrites,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useClass: DtoPipe },
    { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
  ],
  exports: [OwnWrites],
})
export class HttpModule {}
