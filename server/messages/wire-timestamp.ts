import type { MessageTimestamp } from "#lib/contracts/message-row.ts";

/** A number while that is exact, else decimal text. */
export function wireTimestamp(ms: bigint): MessageTimestamp {
  const number = Number(ms);
  return Number.isSafeInteger(number) ? number : ms.toString();
}
