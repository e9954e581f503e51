/** A voter fetches several times a second; one that has not for this long is down or cut off. */
const SILENT_AFTER_MS = 10_000;

interface Voter {
  readonly id: number;
  /** Null when the version of the protocol doesn't tell (DescribeQuorum v0). */
  readonly lastFetchMs: number | null;
}

/**
 * Voters that no longer follow their leader. All these times are the leader's own clock, and so is the one they are
 * compared with where it tells it: `nowMs`, another machine's, is only for where it doesn't.
 * A voter whose time is not told is not called silent.
 */
export function silentVoters<V extends Voter>(
  { leaderId, voters }: { readonly leaderId: number; readonly voters: readonly V[] },
  nowMs: number,
): V[] {
  const leaderNowMs = voters.find(({ id }) => id === leaderId)?.lastFetchMs ?? nowMs;
  return voters.filter(
    ({ id, lastFetchMs }) => id !== leaderId && lastFetchMs !== null && leaderNowMs - lastFetchMs > SILENT_AFTER_MS,
  );
}
