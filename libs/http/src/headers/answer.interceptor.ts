import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { HttpReply } from '../http.js';
import { map, type Observable } from 'rxjs';
import { OwnWrites } from '../position/own-writes.js';
import { Answer, setHead } from './answer.js';

/** Turns an {@link Answer} into headers and body. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  constructor(private readonly ownWrites: OwnWrites) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      map((value: unknown) => {
        if (!(value instanceof Answer)) return value;
        const { position } = value.head;
        if (position !== undefined) this.ownWrites.record(position);
        setHead(context.switchToHttp().getResponse<HttpReply>(), value.head);
        return value.body as unknown;
      }),
    );
  }
}
