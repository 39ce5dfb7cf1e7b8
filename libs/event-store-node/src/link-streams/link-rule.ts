import type { RecordHeader } from '../record/recorded-event.js';

/** Which stream an event is linked into; undefined for none. */
export interface LinkRule {
  /** The name by which EventStoreDB's clients know the rule. */
  readonly name: string;
  target(header: RecordHeader): string | undefined;
}

/** What stands before the first dash of a stream's name is its category. */
export const BY_CATEGORY: LinkRule = {
  name: '$by_category',
  target: ({ stream }) => (stream.indexOf('-') > 0 ? `$ce-${stream.slice(0, stream.indexOf('-'))}` : undefined),
};

export const BY_EVENT_TYPE: LinkRule = {
  name: '$by_event_type',
  target: ({ type }) => `$et-${type}`,
};

/** Events of the system, links among them, are not linked. */
export const isLinkable = ({ type, stream }: RecordHeader): boolean => !type.startsWith('$') && !stream.startsWith('$');
