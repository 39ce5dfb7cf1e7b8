export { startEventStoreNode, type EventStoreNode, type EventStoreNodeOptions } from './start-event-store-node.js';
