import type { GlyphShape } from "#components/ui/glyph.tsx";
import type { GapRow, ProblemRow } from "#lib/contracts/message-row.ts";
import type { Losses, LossReason } from "#lib/contracts/tail.ts";
import { formatCount, plural } from "#lib/format.ts";
import { type Divider, type OffsetRange, totalOf } from "#lib/tail/tail-entry.ts";
import { entriesOf, type TailFigures } from "#lib/tail/tail-figures.ts";
import type { PlacedPartition } from "#lib/tail/tail-positions.ts";
import type { PauseReason, TailStatus } from "#lib/tail/tail-session.ts";

export interface StatusWords {
  readonly title: string;
  /** Why, in a few words; empty when the title says it all. */
  readonly why: string;
  readonly look: "live" | "plain" | "warn" | "info" | "crit";
}

const pauseWords: Record<PauseReason, string> = {
  you: "by you",
  scrolled: "you scrolled up",
  selecting: "you are selecting",
  message: "a message is open",
  loading: "at loaded offsets",
  held: "by you",
};

/** What the tail is doing, and why. */
export function statusWords(
  { connection, pause, resting, catchingUp }: TailStatus,
  { behind, waiting }: Pick<TailFigures, "behind" | "waiting">,
): StatusWords {
  if (connection.kind === "failed") return { title: "Ended", why: "a problem ended it", look: "crit" };
  if (connection.kind === "ended") {
    const why = connection.reason === "quiet" ? "nothing came" : "the topic was deleted";
    return { title: "Ended", why, look: "plain" };
  }
  if (resting) return { title: "Resting", why: "this tab is hidden", look: "plain" };
  const reconnecting = connection.kind === "reconnecting";
  if (pause !== null) {
    const why = `${pauseWords[pause]}${reconnecting ? " · reconnecting" : ""}`;
    return { title: "Paused", why, look: "warn" };
  }
  if (reconnecting) {
    return connection.everOpen
      ? { title: "Reconnecting", why: "nothing is missed", look: "info" }
      : { title: "Connecting", why: connection.attempt === 0 ? "" : `try ${connection.attempt + 1}`, look: "info" };
  }
  if (connection.kind !== "open") return { title: "Connecting", why: "", look: "info" };
  const partitions = waiting === null ? "" : plural(waiting.partitions, "partition");
  // How far the others are is unknown too: neither live nor catching up can be said.
  if (waiting !== null && behind === null) return { title: "Waiting", why: `for ${partitions}`, look: "info" };
  if (catchingUp) {
    const why = [
      behind !== null && `${formatCount(behind)} offsets behind`,
      waiting !== null && `${partitions} waiting`,
    ];
    return { title: "Catching up", why: why.filter(Boolean).join(" · "), look: "info" };
  }
  if (waiting !== null) return { title: "Live", why: `${partitions} waiting`, look: "info" };
  return { title: "Live", why: "", look: "live" };
}

const reasonWords: Record<LossReason, string> = {
  sampled: "sampled",
  "slow-client": "slow client",
  oversize: "oversize",
  undecodable: "undecodable",
  "filter-error": "filter error",
};

/** "sampled 906 · slow client 212". */
export function lossReasonsText(losses: Losses): string {
  return entriesOf(losses)
    .map(([reason, count]) => `${reasonWords[reason]} ${formatCount(count)}`)
    .join(" · ");
}

export interface DividerWords {
  readonly glyph: GlyphShape | null;
  readonly title: string;
  readonly text: string;
}

const gapTitles: Record<Extract<Divider, { kind: "gap" }>["reason"], string> = {
  retention: "Deleted before they could be read",
  truncated: "Written anew",
  recreated: "Topic deleted and made again",
  deleted: "Topic deleted",
};

/** What a divider of the list says; `times`: from and to of what was lost, as the page writes times. */
export function dividerWords(
  divider: Divider,
  partitions: readonly PlacedPartition[],
  times: (ms: number) => string,
): DividerWords {
  switch (divider.kind) {
    case "lost": {
      const span =
        divider.fromMs === null || divider.toMs === null ? "" : `${times(divider.fromMs)} to ${times(divider.toMs)} · `;
      return {
        glyph: "triangle",
        title: `${formatCount(totalOf(divider.lost))} not shown`,
        text: `${span}${lossReasonsText(divider.lost)}${loadedText(divider.loaded)}`,
      };
    }
    case "jumped": {
      const offsets = rangesSize(divider.ranges);
      const title =
        divider.messages !== null
          ? `${plural(divider.messages, "message")} jumped over`
          : `${plural(offsets, "offset")} jumped over`;
      const text = [
        rangesText(divider.ranges, partitions),
        totalOf(divider.lost) > 0 && `not sent: ${lossReasonsText(divider.lost)}`,
        divider.problems > 0 && `${plural(divider.problems, "problem")} that passed`,
      ];
      return { glyph: "note", title, text: `${text.filter(Boolean).join(" · ")}${loadedText(divider.loaded)}` };
    }
    case "gap": {
      const offsets = rangesText(divider.ranges, partitions);
      return {
        glyph: divider.reason === "retention" || divider.reason === "truncated" ? "triangle" : "note",
        title: gapTitles[divider.reason],
        text: [offsets, divider.detail].filter(Boolean).join(" · "),
      };
    }
    case "problem":
      return { glyph: "arrows", title: "Reading goes on", text: divider.problem.message };
  }
}

function loadedText(loaded: number): string {
  return loaded === 0 ? "" : ` · ${formatCount(loaded)} loaded above`;
}

const MAX_NAMED_RANGES = 2;

/** "orders-2: 48529202 to 48529203", and how many others. */
export function rangesText(ranges: readonly OffsetRange[], partitions: readonly PlacedPartition[]): string {
  const named = ranges.slice(0, MAX_NAMED_RANGES).map(([place, from, to]) => {
    const offsets = from === to ? from : `${from} to ${to}`;
    return `${partitionName(partitions[place])}: ${offsets}`;
  });
  const others = ranges.length - named.length;
  if (others > 0) named.push(`and ${plural(others, "other partition")}`);
  return named.join(" · ");
}

export function partitionName(partition: PlacedPartition | undefined): string {
  return partition === undefined ? "a partition" : `${partition.topic}-${partition.partition}`;
}

function rangesSize(ranges: readonly OffsetRange[]): bigint {
  return ranges.reduce((sum, [, from, to]) => sum + BigInt(to) - BigInt(from) + 1n, 0n);
}

/**
 * Offsets without a message, and why: "2 offsets hold no message · transaction markers (1 abort, 1 commit)". Under a filter
 * markers are joined over messages that it rejected: "2 of 40 offsets hold no message".
 */
export function gapWords({ gap: [, from, to], reason, commits = 0, aborts = 0 }: GapRow): {
  what: string;
  why: string;
} {
  const count = BigInt(to) - BigInt(from) + 1n;
  const markers = reason === "markers" ? BigInt(commits + aborts) : 0n;
  const empty = markers > 0n && markers < count ? markers : count;
  const which = empty === count ? plural(count, "offset") : `${formatCount(empty)} of ${plural(count, "offset")}`;
  const what = `${which} ${empty === 1n ? "holds" : "hold"} no message`;
  if (reason === "compacted") return { what, why: "compacted away" };
  if (reason === "aborted") return { what: `${plural(count, "offset")} left out`, why: "aborted transactions" };
  const ends = [aborts > 0 && plural(aborts, "abort"), commits > 0 && plural(commits, "commit")].filter(Boolean);
  return {
    what,
    why: `transaction ${empty === 1n ? "marker" : "markers"}${ends.length > 0 ? ` (${ends.join(", ")})` : ""}`,
  };
}

const problemTitles: Record<ProblemRow["code"], string> = {
  oversize: "too large to show",
  "old-format": "old message format, not read",
  corrupt: "corrupt",
  "unknown-codec": "unknown compression",
};

export function problemRowTitle({ code, records }: ProblemRow): string {
  return records > 0 ? `${plural(records, "message")} ${problemTitles[code]}` : `A batch ${problemTitles[code]}`;
}
