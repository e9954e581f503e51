import { createParser } from "eventsource-parser";
import type { TailFrames } from "#lib/contracts/tail.ts";

/** What a viewer got, worked out afterwards. */
export interface Viewed {
  readonly messages: number;
  /** Offsets that came twice, or not in order within their partition. */
  readonly repeated: number;
  /** Offsets between a partition's first and last that did not come. */
  readonly skipped: bigint;
  /** From the producer's stamp to here, sorted; of messages that were stamped from `sinceMs` on. */
  readonly latenciesMs: readonly number[];
  readonly bytes: number;
  readonly stats: TailFrames["stats"] | null;
  /** All that was counted as lost. */
  readonly lost: number;
}

/** Parses what came, each message with the time at which the end of its frame came. */
export function viewed(chunks: readonly { atMs: number; bytes: Buffer }[], sinceMs = 0): Viewed {
  const latenciesMs: number[] = [];
  const last = new Map<number, bigint>();
  let [messages, repeated, bytes, atMs] = [0, 0, 0, 0];
  let skipped = 0n;
  let stats: TailFrames["stats"] | null = null;
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === "stats") stats = JSON.parse(data);
      if (event !== "messages") return;
      const { rows }: TailFrames["messages"] = JSON.parse(data);
      for (const row of rows) {
        if (!Array.isArray(row)) continue;
        const [place, offsetText, stampMs] = row;
        messages++;
        const offset = BigInt(offsetText);
        const before = last.get(place);
        if (before !== undefined && offset <= before) repeated++;
        else if (before !== undefined) skipped += offset - before - 1n;
        if (before === undefined || offset > before) last.set(place, offset);
        if (typeof stampMs === "number" && stampMs >= sinceMs) latenciesMs.push(atMs - stampMs);
      }
    },
  });
  const text = new TextDecoder();
  for (const chunk of chunks) {
    atMs = chunk.atMs;
    bytes += chunk.bytes.length;
    parser.feed(text.decode(chunk.bytes, { stream: true }));
  }
  const lastStats = stats as TailFrames["stats"] | null;
  const lost = Object.values(lastStats?.lost ?? {}).reduce((sum, count) => sum + count, 0);
  return { messages, repeated, skipped, latenciesMs: latenciesMs.sort((a, b) => a - b), bytes, stats: lastStats, lost };
}
