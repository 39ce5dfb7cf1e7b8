import { Module } from '@nestjs/common';
import { Catalogue } from '../catalogue/catalogue.js';
import { LicenseCommands } from './license-commands.js';

/** Commands on licenses for programs, without their interface. Needs an EventStore and a Clock. */
@Module({ providers: [Catalogue, LicenseCommands], exports: [Catalogue, LicenseCommands] })
export class LicenseCommandsModule {}
