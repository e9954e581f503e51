import { PREVIEW_BYTES } from "#lib/contracts/message-row.ts";
import type { ClusterContext } from "../../context.ts";
import { firstOffset, readStretch, type Stretch } from "../../messages/read-stretch.ts";
import type { Decoder } from "../../reader/decoder-pool.ts";
import type { Lens } from "../../reader/lens.ts";
import { earlierOf } from "../../reader/offset-bounds.ts";

/** As a read_committed consumer: nothing of aborted transactions, no markers. What is damaged counts, a reader stumbles over it. */
const LENS: Lens = {
  isolation: "committed",
  previewBytes: PREVIEW_BYTES,
  gaps: false,
  case: false,
  keyAs: "auto",
  valueAs: "auto",
};
const MAX_BYTES = 8 * 1_048_576;
const MAX_MS = 3_000;

export interface Look {
  /** Whether there is a message that a reader will see, or something it will stumble over. */
  readonly readable: boolean;
  readonly from: bigint;
  /** From `from` up to here there is no such message; when one is readable, it is the first there. */
  readonly to: bigint;
}

/**
 * Looks, a bounded way, for the first message of a stretch that a read_committed consumer would be given.
 * @param stretch its end is not beyond the last stable offset: the leader tells nothing of what lies there
 * @throws {ProblemError} as `fetchOnce`; cancelled
 */
export async function readableLook(
  ctx: Pick<ClusterContext, "reading" | "signal">,
  decoder: Decoder,
  stretch: Stretch,
): Promise<Look> {
  const untilMs = performance.now() + MAX_MS;
  const { rows, next, bytes } = await readStretch(ctx, decoder, LENS, stretch, {
    limit: 1,
    maxBytes: MAX_BYTES,
    untilMs,
  });
  // Where compaction left nothing the leader answers with nothing, and that is the end of it.
  const cutShort = bytes >= MAX_BYTES || performance.now() >= untilMs;
  const { from, to } = stretch;
  const [first] = rows;
  if (first !== undefined) return { readable: true, from, to: BigInt(firstOffset(first)) };
  return { readable: false, from, to: cutShort ? earlierOf(next, to) : to };
}
