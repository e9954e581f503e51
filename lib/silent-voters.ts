/** A voter fetches several times a second; one that has not for this long is down or cut off. */
const SILENT_AFTER_MS = 10_000;

interface Voter {
  readonly id: number;
  /** Null when it never fetched from this leader, or when the version of the protocol doesn't tell (DescribeQuorum v0). */
  readonly lastFetchMs: number | null;
}

interface Quorum<V extends Voter> {
  readonly leaderId: number;
  /** Below zero until a majority has fetched from a newly elected leader. */
  readonly highWatermark: bigint | string;
  readonly voters: readonly V[];
}

/**
 * Voters that no longer follow their leader. All these times are the leader's own clock, and so is the one they are
 * compared with where it is told; `nowMs`, another machine's, is only for where it isn't. Where no times are told at all, no
 * voter is called silent; where the leader's is, a voter without one has not followed since this leader was elected.
 * In the moment after an election, before a majority has followed, nobody is called silent.
 */
export function silentVoters<V extends Voter>({ leaderId, highWatermark, voters }: Quorum<V>, nowMs: number): V[] {
  if (BigInt(highWatermark) < 0n) return [];
  const leaderNowMs = voters.find(({ id }) => id === leaderId)?.lastFetchMs ?? null;
  return voters.filter(({ id, lastFetchMs }) => {
    if (id === leaderId) return false;
    return lastFetchMs === null ? leaderNowMs !== null : (leaderNowMs ?? nowMs) - lastFetchMs > SILENT_AFTER_MS;
  });
}
