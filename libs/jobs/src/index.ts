export { DueLicenses, type DueLicense } from './due/due-licenses.js';
export { ProjectedDueLicenses } from './due/projected-due-licenses.js';
export { RenewalLoopModule } from './due/renewal-loop.module.js';
export { JobsModule } from './jobs.module.js';
