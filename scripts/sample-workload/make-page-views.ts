import type { Message } from "kafkajs";
import { integer, pick, times } from "./random.ts";

const PATHS = ["/", "/search", "/cart", "/checkout", "/help", "/account", "/product/1042", "/product/1077"] as const;

/** The busy topic: small JSON without a key, spread over all partitions. */
export function makePageViews(count: number): Message[] {
  const at = new Date().toISOString();
  return times(count, () => ({
    value: JSON.stringify({
      at,
      session: integer(1_000_000).toString(36),
      path: pick(PATHS),
      referrer: pick(["direct", "search", "newsletter", "social"]),
      durationMs: 20 + integer(900),
    }),
  }));
}
