import { Module } from '@nestjs/common';
import { Catalogue } from '../catalogue/catalogue.js';
import { KeyClaims } from '../register-license/key-claims.js';
import { LicenseCommands } from './license-commands.js';

const providers = [Catalogue, KeyClaims, LicenseCommands];

/** Commands on licenses for programs, without their interface. Needs an EventStore, a Clock and Persons. */
@Module({ providers, exports: providers })
export class LicenseCommandsModule {}
