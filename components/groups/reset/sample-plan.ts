import type { OffsetPlan, PlannedMove } from "#lib/contracts/offset-resets.ts";

/** A move of `orders` for tests: what isn't said follows from `from` and `to`. */
export function sampleMove(change: Partial<PlannedMove> = {}): PlannedMove {
  const move = { partition: 0, from: "100", to: "40", ...change };
  const difference =
    move.from === null || move.to === null || move.from === undefined || move.to === undefined
      ? null
      : (BigInt(move.to) - BigInt(move.from)).toString();
  return {
    topic: "orders",
    toLeaderEpoch: null,
    toMetadata: "",
    direction:
      difference === null
        ? move.to === null
          ? "forget"
          : "first-commit"
        : difference === "0"
          ? "none"
          : difference.startsWith("-")
            ? "replay"
            : "skip",
    difference,
    logStartOffset: "0",
    highWatermark: "120",
    fromTimestampMs: null,
    toTimestampMs: null,
    lagAfter: null,
    flags: [],
    ...move,
  };
}

/** A plan for tests, whose totals follow from its moves. */
export function samplePlan(moves: readonly PlannedMove[], change: Partial<OffsetPlan> = {}): OffsetPlan {
  const sum = (direction: PlannedMove["direction"]) =>
    moves
      .filter((move) => move.direction === direction)
      .reduce((total, { difference }) => total + BigInt((difference ?? "0").replace("-", "")), 0n)
      .toString();
  return {
    group: "billing",
    exists: true,
    type: "classic",
    state: "empty",
    moves: [...moves],
    problems: [],
    totals: {
      moved: moves.filter(({ direction }) => direction !== "none").length,
      replayed: sum("replay"),
      skipped: sum("skip"),
      lagAfter: null,
    },
    refusal: null,
    mayBeOverwritten: false,
    recording: { audit: "best-effort", topic: "_tailrace_changes", state: "ready", detail: "" },
    observedAtMs: 1_000,
    ...change,
  };
}
