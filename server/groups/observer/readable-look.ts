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
  /** Where the look ended. */
  readonly to: bigint;
}

/**
 * Looks, a bounded way, for the first message of a stretch that a read_committed consumer would be given.
 * @throws {ProblemError} as `fetchOnce`; cancelled
 */
export async function readableLook(
  ctx: Pick<ClusterContext, "reading" | "signal">,
  decoder: Decoder,
  stretch: Stretch,
): Promise<Look> {
  const bounds = { limit: 1, maxBytes: MAX_BYTES, untilMs: performance.now() + MAX_MS };
  const { rows, next } = await readStretch(ctx, decoder, LENS, stretch, bounds);
  return { readable: rows.length > 0, to: earlierOf(next, stretch.to) };
}
