export { startEventStoreNode, type EventStoreNode, type EventStoreNodeOptions } from './start-event-store-node.js';
export { DataFolderUnusableError } from './storage/data-folder.js';
