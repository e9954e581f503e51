import type { GlyphShape } from "#components/ui/glyph.tsx";
import type { GroupState, GroupType, GroupVerdict, VerdictKind } from "#lib/contracts/groups.ts";

interface StateWords {
  /** As Kafka spells it. */
  readonly label: string;
  readonly glyph: GlyphShape;
  /** Blue while it rebalances; the others have no colour: an empty group may be as it should be. */
  readonly tone: "plain" | "info";
}

/** A group's state, as Kafka's own tools spell it. */
export const stateWords: Readonly<Record<GroupState, StateWords>> = {
  stable: { label: "Stable", glyph: "tick", tone: "plain" },
  empty: { label: "Empty", glyph: "ring", tone: "plain" },
  "preparing-rebalance": { label: "PreparingRebalance", glyph: "arrows", tone: "info" },
  "completing-rebalance": { label: "CompletingRebalance", glyph: "arrows", tone: "info" },
  assigning: { label: "Assigning", glyph: "arrows", tone: "info" },
  reconciling: { label: "Reconciling", glyph: "arrows", tone: "info" },
  "not-ready": { label: "NotReady", glyph: "ring", tone: "plain" },
  dead: { label: "Dead", glyph: "dash", tone: "plain" },
  unknown: { label: "unknown", glyph: "dash", tone: "plain" },
};

interface TypeWords {
  readonly label: string;
  /** What it is, in a line. */
  readonly title: string;
}

/** A group's type, as Kafka's own tools spell it. */
export const typeWords: Readonly<Record<GroupType, TypeWords>> = {
  classic: { label: "classic", title: "The protocol of Kafka 0.9 to 4.x: its members work out the assignment" },
  consumer: { label: "consumer", title: "The protocol of KIP-848: its coordinator works out the assignment" },
  share: { label: "share", title: "KIP-932: its members share partitions, message by message" },
  streams: { label: "streams", title: "KIP-1071: a Kafka Streams application" },
  unknown: { label: "unknown", title: "The broker tells no type that is known here" },
};

interface VerdictWords {
  readonly label: string;
  /** Where there is no room. */
  readonly short: string;
}

/** A verdict in a word or two: for lists, tags and filters. What was seen is in its evidence. */
export const verdictWords: Readonly<Record<VerdictKind, VerdictWords>> = {
  stuck: { label: "stuck", short: "stuck" },
  abandoned: { label: "abandoned", short: "abandoned" },
  "past-retention": { label: "past retention", short: "retention" },
  "open-transaction": { label: "behind an open transaction", short: "transaction" },
  rebalancing: { label: "rebalances over and over", short: "rebalances" },
  "too-slow": { label: "slower than its producers", short: "slow" },
  "hot-partition": { label: "hot partition", short: "hot" },
  "idle-members": { label: "idle members", short: "idle" },
  "manual-assignment": { label: "assigned by hand", short: "by hand" },
  "never-commits": { label: "never commits", short: "no commits" },
};

interface SeverityWords {
  readonly glyph: GlyphShape;
  readonly tone: "crit" | "warn" | "plain";
}

export const severityWords: Readonly<Record<GroupVerdict["severity"], SeverityWords>> = {
  critical: { glyph: "octagon", tone: "crit" },
  warning: { glyph: "triangle", tone: "warn" },
  info: { glyph: "note", tone: "plain" },
};
