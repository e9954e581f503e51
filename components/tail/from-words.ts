import { formatDuration } from "#lib/format.ts";
import { parseTailStart } from "#lib/tail/start.ts";
import { formatDateTime, type Zone } from "#lib/time.ts";

/** The starts that are offered; any other can be typed. */
export const offeredStarts: readonly { readonly value: string; readonly label: string }[] = [
  { value: "now", label: "now" },
  { value: "last:100", label: "the last 100 of each partition" },
  { value: "last:1000", label: "the last 1,000 of each partition" },
  { value: "-5m", label: "5 min ago" },
  { value: "-1h", label: "1 h ago" },
  { value: "-24h", label: "24 h ago" },
  { value: "earliest", label: "the earliest there is" },
];

/** "5 min ago", "offset 991": after the word "From". What can't be understood is shown as it is. */
export function fromWords(from: string, zone: Zone): string {
  try {
    const start = parseTailStart(from);
    switch (start.kind) {
      case "now":
        return "now";
      case "earliest":
        return "the earliest";
      case "last":
        return `the last ${start.count.toLocaleString("en")}`;
      case "ago":
        return `${formatDuration(start.ms)} ago`;
      case "at":
        return formatDateTime(start.timestampMs, zone);
      case "offset":
        return `offset ${start.offset}`;
    }
  } catch {
    return from;
  }
}

/** A start as it is typed: as in URLs, or bare digits for an offset where one topic is read. */
export function typedStart(text: string, singleTopic: boolean): { from: string } | { error: string } {
  const trimmed = text.trim();
  const from = singleTopic && /^\d{1,9}$/.test(trimmed) ? `offset:${trimmed}` : trimmed;
  try {
    const start = parseTailStart(from);
    if (start.kind === "offset" && !singleTopic) return { error: "An offset means something in one topic only." };
    return { from };
  } catch (error) {
    return { error: error instanceof Error ? `It is ${error.message}.` : "Not understood." };
  }
}

/** A link that is opened later must begin where this tail began: "-5m" becomes the moment it meant. */
export function fixedStart(from: string, startedAtMs: number): string {
  try {
    const start = parseTailStart(from);
    return start.kind === "ago" ? new Date(startedAtMs - start.ms).toISOString() : from;
  } catch {
    return from;
  }
}
