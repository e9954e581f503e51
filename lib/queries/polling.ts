/** How often each kind of data is asked for while its page is in sight; a hidden tab asks nothing. */
export const POLL_MS = {
  overview: 2_000,
  topics: 5_000,
  groups: 5_000,
  group: 2_000,
  groupLag: 10_000,
  changes: 10_000,
  sizes: 10_000,
  rates: 5_000,
  segments: 5_000,
  configs: 30_000,
  clusters: 10_000,
} as const;

/** After this many missed polls, data is called stale. */
const MISSED_POLLS = 3;

/** From which age on data that is polled so often is stale. */
export function staleAfterMs(pollMs: number): number {
  return pollMs * MISSED_POLLS + 2_000;
}

/**
 * Polls; a failure keeps what was read before, and the next poll is the retry. Data that came with the page is not asked
 * for again until it is due.
 */
export function polled(pollMs: number) {
  return { refetchInterval: pollMs, refetchIntervalInBackground: false, staleTime: pollMs, retry: false } as const;
}

/** For answers about every topic: comparing 10,000 old rows with new ones costs more than drawing the forty in sight. */
export function polledLarge(pollMs: number) {
  return { ...polled(pollMs), structuralSharing: false } as const;
}
