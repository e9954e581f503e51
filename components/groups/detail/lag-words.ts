import type { Eta } from "#lib/contracts/groups.ts";
import { formatDuration, plural, shortCount, UNKNOWN } from "#lib/format.ts";
import type { LagRow, LagTotals } from "./lag-rows.ts";

/** When a partition will be caught up, going on as now. */
export function etaWords(eta: Eta): string {
  switch (eta.kind) {
    case "caught-up":
      return "caught up";
    case "in":
      return formatDuration(eta.ms);
    case "never":
      return "never at this rate";
    case "unknown":
      return UNKNOWN;
  }
}

/** What the bar beside a lag can't say. */
export function remarkWords({ remark, lost }: Pick<LagRow, "remark" | "lost">): { text: string; title: string } | null {
  switch (remark) {
    case "no-commit":
      return { text: "", title: "No commit: it counts with all its messages" };
    case "lost":
      return {
        text: `${shortCount(lost)} lost`,
        title: "Committed below the log start offset: deleted before the group read them",
      };
    case "nothing-readable":
      return { text: "markers", title: "What is left are markers and aborted messages, which no consumer will see" };
    default:
      return null;
  }
}

/** What a consumer will do that starts where there is no commit, by its auto.offset.reset (KIP-1106 has a fourth: by_duration). */
export function noCommitWords({
  uncommitted,
  uncommittedLag,
  uncommittedHeld,
}: LagTotals): { title: string; detail: string } | null {
  if (uncommitted === 0) return null;
  const it = uncommitted === 1 ? "It counts" : "They count";
  const read =
    uncommittedLag === 0n
      ? "earliest and latest come to the same there now, none stops it with an error."
      : `earliest reads ${howMany(uncommittedLag)}, latest (the default) skips ${uncommittedLag === 1n ? "it" : "them"}, none stops it with an error.`;
  const starts = uncommittedHeld > 0 ? "A member that starts anew there" : "A consumer that starts there";
  return {
    title: `${plural(uncommitted, "partition")} without a commit.`,
    detail: `${it} with all messages. ${heldWords(uncommitted, uncommittedHeld)}${starts} goes by its auto.offset.reset: ${read}`,
  };
}

/** Of partitions that are being read, what was read isn't known. */
function heldWords(uncommitted: number, held: number): string {
  if (held === 0) return "";
  const which =
    held < uncommitted
      ? `Of them ${held === 1 ? "1 is" : `${held} are`} held by a member`
      : held === 1
        ? "A member holds it"
        : "Each is held by a member";
  return `${which}, but how far it has read is in no commit. `;
}

/** The same where the commit lies below what is left. */
export function lostWords({ pastRetention, lost }: LagTotals): { title: string; detail: string } | null {
  if (pastRetention === 0) return null;
  return {
    title: `${plural(lost, "message")} lost to the group.`,
    detail: `${plural(pastRetention, "partition is", "partitions are")} committed below the log start offset: retention deleted the messages between before they were read. A consumer that asks for them goes by its auto.offset.reset: earliest reads what is left, latest (the default) skips that too, none stops it with an error.`,
  };
}

function howMany(messages: bigint): string {
  return messages === 1n ? "the 1\u00a0message" : `all ${plural(messages, "message")}`;
}
