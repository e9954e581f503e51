import { PREVIEW_BYTES } from "#lib/contracts/message-row.ts";
import type { ClusterContext } from "../../context.ts";
import { readStretch, type Stretch } from "../../messages/read-stretch.ts";
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
  /** Nothing before this is. */
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
  return { readable: rows.length > 0, to: cutShort ? earlierOf(next, stretch.to) : stretch.to };
}
