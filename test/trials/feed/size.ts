/** How much is written, and how often somebody is killed meanwhile. */
export interface FeedTrialSize {
  readonly events: number;
  readonly consumerKills: number;
  /** Of the service, and of the event store, in turns. */
  readonly serverKills: number;
}

const sizes: Readonly<Record<string, FeedTrialSize>> = {
  small: { events: 1_500, consumerKills: 9, serverKills: 2 },
  whole: { events: 50_000, consumerKills: 100, serverKills: 10 },
};

/** `FEED_TRIAL=whole`. */
export const size = readSize(process.env['FEED_TRIAL'] ?? 'small');

/** Another one kills at other moments. */
export const seed = Number(process.env['FEED_TRIAL_SEED'] ?? 1);

function readSize(text: string): FeedTrialSize {
  const named = sizes[text];
  if (named === undefined) throw new Error(`FEED_TRIAL: there is no size '${text}'; choose small or whole`);
  return named;
}
