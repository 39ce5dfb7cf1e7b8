export { Clock, SystemClock } from './clock/clock.js';
export { parseInstant } from './clock/instant.js';
export { openClock } from './clock/open-clock.js';
export { ClockMoveError, TestClock } from './clock/test-clock.js';
export {
  DataFolderError,
  DataFolderLock,
  type Addresses,
  type DataFolderOwner,
} from './data-folder/data-folder-lock.js';
export { writeFileAtomically } from './data-folder/write-file-atomically.js';
export { EmbeddedEventStore, type EmbeddedServerOptions } from './embedded/embedded-event-store.js';
export { EmbeddedReadModel } from './embedded/embedded-read-model.js';
export { EmbeddedRedis } from './embedded/embedded-redis.js';
export { Lifecycle, StoppingError } from './lifecycle/lifecycle.js';
export { createLogger } from './logging/create-logger.js';
export { NestLogger } from './logging/nest-logger.js';
export { EmbeddedProcess, EmbeddedProcessError, type EmbeddedProcessOptions } from './process/embedded-process.js';
export { builtFile, packageRoot } from './process/package-root.js';
export { runAsChild } from './process/run-as-child.js';
export { ReadModelServer, type ReadModelServerOptions } from './read-model-server/read-model-server.js';
export { readSettings, SettingsError, type Environment } from './settings/read-settings.js';
export { Settings, type AuthSettings, type LogLevel, type SellerSettings } from './settings/settings.js';
export { findRedis, RedisMissing } from './redis-server/find-redis.js';
export { RedisServer } from './redis-server/redis-server.js';
