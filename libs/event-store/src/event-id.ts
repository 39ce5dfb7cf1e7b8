import { nameBasedUuid } from './name-based-uuid.js';

const eventNamespace = '3f0e9f0a-4c0b-5b5e-9a37-0d8a4d3cbb11';
const rolledNamespace = 'b6a1c7d2-91d4-5a0e-8f5c-6a2f7f1b9e42';

/**
 * Deterministic id of a command's event: the same command, place and content give the same id.
 *
 * The content is part of it because the store takes a repeated id for a repeated write and reports success without
 * comparing data. Two processes that decide one command at different moments would otherwise both be told that their
 * own data was written; now the second meets a conflict and finds the command recorded.
 */
export function eventId(commandId: string, index: number, type: string, json: string): string {
  return nameBasedUuid(`${commandId}\n${index}\n${type}\n${json}`, eventNamespace);
}

/** The command id of events that were due anyhow: named by where in the stream they stand, not by who noticed them. */
export function rolledCommandId(stream: string, revisionBefore: bigint): string {
  return nameBasedUuid(`${stream}@${revisionBefore}`, rolledNamespace);
}
