export { DueLicenses, type DueLicense } from './due/due-licenses.js';
export { RenewalLoop } from './due/renewal-loop.js';
export { RollForward, type Rolled } from './due/roll-forward.js';
export { JobsModule } from './jobs.module.js';
