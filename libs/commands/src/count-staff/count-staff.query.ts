import { Query } from '@nestjs/cqrs';
import type { Principal } from '#auth';

export class CountStaff extends Query<number> {
  constructor(
    readonly domain: string,
    readonly principal: Principal,
  ) {
    super();
  }
}
