import { Glyph } from "#components/ui/glyph.tsx";
import { Duration, Unknown } from "#components/ui/quantity.tsx";
import type { GroupSummary } from "#lib/contracts/groups.ts";
import { formatCount, plural, shortCount } from "#lib/format.ts";

type Lag = Pick<GroupSummary, "lag" | "lagUnread" | "uncommitted">;
type LagOfPartitions = Lag & Pick<GroupSummary, "partitionCount">;

/** A group's lag: "≥" where some of it could not be read, a mark where partitions that never committed count in full. */
export function LagCell({ lag, lagUnread, uncommitted, partitionCount }: LagOfPartitions) {
  if (lag === null) return <Unknown why="its lag can't be told" />;
  if (partitionCount === 0) return <Unknown why="nothing is committed, and no partition is assigned" />;
  return (
    <span title={lagTitle({ lag, lagUnread, uncommitted })}>
      {uncommitted > 0 && (
        <>
          <Glyph shape="triangle" className="mr-1.5 inline-block size-3 align-[-1.5px]" />
          <span className="sr-only">{plural(uncommitted, "partition")} without a commit, </span>
        </>
      )}
      {lagUnread > 0 && (
        <span className="text-ink-3">
          <span aria-hidden>≥&nbsp;</span>
          <span className="sr-only">at least </span>
        </span>
      )}
      <span className={lag === "0" && uncommitted === 0 ? "text-ink-3" : undefined}>
        <WholeCount count={lag} />
      </span>
    </span>
  );
}

/** So many digits have room beside their marks: on a phone, and elsewhere. */
const [NARROW_DIGITS, WIDE_DIGITS] = [7, 13];

/** A count that is never cut off, which would make it a smaller one: rounded where there is no room for its digits. */
function WholeCount({ count }: { count: string }) {
  if (count.length > WIDE_DIGITS) return shortCount(count);
  if (count.length <= NARROW_DIGITS) return formatCount(count);
  return (
    <>
      <span className="max-md:hidden">{formatCount(count)}</span>
      <span className="md:hidden">{shortCount(count)}</span>
    </>
  );
}

/** The whole of it in words. */
function lagTitle({ lag, lagUnread, uncommitted }: Lag): string {
  if (lag === null) return "unknown";
  const parts = [plural(lag, "message")];
  if (uncommitted > 0) {
    parts.push(`${plural(uncommitted, "partition")} never committed ${uncommitted === 1 ? "counts" : "count"} in full`);
  }
  if (lagUnread > 0) parts.push(`the offsets of ${plural(lagUnread, "partition")} could not be read`);
  return parts.join("; ");
}

/** How old the oldest message is that the group has not committed past: "≈" from samples, "≥" where they don't reach back. */
export function TimeLag({ timeLag }: Pick<GroupSummary, "timeLag">) {
  if (timeLag === null) return <Unknown why="not known: no samples yet, or nothing to measure" />;
  const { ms, how, atLeast } = timeLag;
  const sign = atLeast ? "≥" : how === "interpolated" && ms > 0 ? "≈" : null;
  const title = atLeast
    ? "At least: the samples don't reach back further"
    : how === "interpolated"
      ? "From samples of the high watermark; the group's page tells it exactly"
      : "The age of the message at the committed offset";
  return (
    <span title={title} className={ms === 0 ? "text-ink-3" : undefined}>
      {sign !== null && (
        <span className="text-ink-3">
          <span aria-hidden>{sign}&nbsp;</span>
          <span className="sr-only">{atLeast ? "at least " : "about "}</span>
        </span>
      )}
      {ms === 0 ? "0" : <Duration ms={ms} />}
    </span>
  );
}
