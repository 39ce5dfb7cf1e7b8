export { CommandsModule } from './commands.module.js';
export { LicenseCommands, type CommandSource, type LoadedLicense } from './license/license-commands.js';
export { LicenseCommandsModule } from './license/license-commands.module.js';
export { eventOf, type LicenseOutcome } from './license/license-outcome.js';
export { Describes, Takes } from './openapi.js';
export { causeOf, commandIdOf, CommandOrigin, requestOf, systemOrigin, type Cause, type Origin } from './origin.js';
export { keyReused } from './problems.js';
export { KeyClaims } from './register-license/key-claims.js';
export { withStoreProblems } from './store-problems.js';
