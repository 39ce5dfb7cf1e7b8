import { Module } from '@nestjs/common';
import { LicenseCommandsModule } from '#commands';
import { RollForward } from './roll-forward.js';

/** Rolling licenses forward, without the interface. Needs DueLicenses, a ReadModelPosition and OwnWrites. */
@Module({ imports: [LicenseCommandsModule], providers: [RollForward], exports: [RollForward] })
export class RollForwardModule {}
