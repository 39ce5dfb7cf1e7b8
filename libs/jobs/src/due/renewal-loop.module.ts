import { Module } from '@nestjs/common';
import { RenewalLoop } from './renewal-loop.js';
import { RollForwardModule } from './roll-forward.module.js';

/** Rolls due licenses forward every second, in this process. */
@Module({ imports: [RollForwardModule], providers: [RenewalLoop] })
export class RenewalLoopModule {}
