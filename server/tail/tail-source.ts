import type { ProblemError } from "#lib/problem.ts";
import type { Positions } from "./positions.ts";

/** Where a viewer's messages come from at the moment: a reader of their own, or a feed they share. */
export interface TailSource {
  readonly positions: Positions;
  /** The positions as a cursor. */
  cursor(): string;
  behind(): bigint | null;
  /** Of the partitions that can be read. */
  readableBehind(): bigint | null;
  readonly waiting: { readonly partitions: number; readonly why: ProblemError } | null;
  /** Those who share this reading. */
  readonly viewers: number;
  /** Every topic that was asked for by name is deleted, and did not come back. */
  readonly deleted: boolean;
  /** What is ready goes out now. */
  flush(): void;
  /** The viewer left. */
  leave(): void;
}
