"use client";
import { useZone } from "#components/preferences/preferences.tsx";
import { useNow } from "#components/ui/now.tsx";
import type { OffsetPlan, PlannedMove } from "#lib/contracts/offset-resets.ts";
import { formatCount, plural } from "#lib/format.ts";
import { moveTime } from "./move-time.ts";
import {
  furthestBack,
  type Headline,
  headlineOf,
  namedPartitions,
  skippingMoves,
  skipsNothingAt,
} from "./plan-words.ts";

interface PlanHeadlineProps {
  plan: OffsetPlan;
  /** It is an undo. */
  takesBack: boolean;
  /** Takes the focus when a new plan was asked for beside the one button that is gone then. */
  headingRef?: React.Ref<HTMLHeadingElement>;
  /** Null: nothing in the plan can be changed here. */
  remedy: {
    /** Null: the target isn't a moment. */
    readonly chooseMoment: ((ms: number) => void) | null;
    readonly keep: (moves: readonly PlannedMove[]) => void;
  } | null;
}

/** What the plan does, in a sentence; where the skips are, and what would skip nothing. */
export function PlanHeadline({ plan, takesBack, remedy, headingRef }: PlanHeadlineProps) {
  const skipping = skippingMoves(plan.moves);
  const back = furthestBack(plan.moves);
  return (
    <>
      <h2
        ref={headingRef}
        tabIndex={-1}
        className="text-pretty text-20 tracking-[-0.012em] leading-7 outline-none focus-visible:shadow-none"
      >
        <HeadlineWords headline={headlineOf(plan, takesBack)} />
      </h2>
      <p className="mt-1 max-w-[100ch] text-pretty text-ink-2 empty:hidden">
        {skipping.length > 0 && <Skips skipping={skipping} plan={plan} remedy={remedy} />}
        {back !== null && ` Goes back at most ${back}.`}
      </p>
    </>
  );
}

/** The sentence, its skips in red. */
export function HeadlineWords({ headline: { before, skips, after } }: { headline: Headline }) {
  return (
    <>
      {before}
      {skips !== null && <span className="border-crit-mark border-b-2 pb-px text-crit">{skips}</span>}
      {after}
    </>
  );
}

interface SkipsProps extends Omit<PlanHeadlineProps, "headingRef" | "takesBack"> {
  skipping: readonly PlannedMove[];
}

const act = "link text-left";

function Skips({ skipping, plan, remedy }: SkipsProps) {
  const zone = useZone();
  const now = useNow();
  const [worst] = skipping;
  const moment = skipsNothingAt(skipping);
  if (worst === undefined) return null;
  const choose = moment === null ? null : (remedy?.chooseMoment ?? null);
  // Where all that moves skips, nothing would be left of the plan.
  const keepable = skipping.length < plan.totals.moved;
  const single = skipping.length === 1;
  return (
    <>
      {single ? "Skips are all on " : `Skips are on ${formatCount(skipping.length)} partitions: `}
      <Names moves={skipping} />
      {single && worst.fromTimestampMs !== null && (
        <>, where the group stopped at {moveTime(worst.fromTimestampMs, zone, now)}, before the target</>
      )}
      .{" "}
      {remedy !== null && (choose !== null || keepable) && (
        <>
          {plan.totals.replayed === "0" ? "To skip nothing" : "To replay without skipping"},{" "}
          {choose !== null && moment !== null && (
            <button type="button" className={act} onClick={() => choose(moment)}>
              choose {moveTime(moment, zone, now)}
            </button>
          )}
          {choose !== null && keepable && " or "}
          {keepable && (
            <button type="button" className={act} onClick={() => remedy.keep(skipping)}>
              keep {single ? <Names moves={skipping} /> : `these ${formatCount(skipping.length)}`} where{" "}
              {single ? "it is" : "they are"}
            </button>
          )}
          .
        </>
      )}
    </>
  );
}

function Names({ moves }: { moves: readonly PlannedMove[] }) {
  const { names, more } = namedPartitions(moves);
  return (
    <>
      {names.map((name, place) => (
        <span key={name}>
          {place > 0 && (place === names.length - 1 && more === 0 ? " and " : ", ")}
          <span className="mono">{name}</span>
        </span>
      ))}
      {more > 0 && ` and ${plural(more, "more", "more")}`}
    </>
  );
}
